#!/usr/bin/env bash
# Package:  azurite 3.37.0 (npm), asked by @azure/data-tables 13.3.2
# Expected: a number that is both `ge 5` and `le 5` is found by `eq 5`, whatever its width in the table.
# Seen:     for an Int64 column Azurite's tables find the row by `ge 5` and by `le 5`, not by `eq 5`, and do find it by
#           `ne 5`. `eq 5L` finds it. For Int32 and Double columns the plain 5 is right in all four.
# Matters:  no error, only no rows: a test of "take the row of this version" passes where nothing is taken. A filter has to
#           be written for the column's width, so a column widened from Int32 to Int64 changes what old filters find.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' > package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error azurite@3.37.0 @azure/data-tables@13.3.2 > /dev/null

cat > finding.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';

const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const account = 'me';
const key = Buffer.alloc(32).toString('base64');
const server = spawn('node_modules/.bin/azurite-table', ['--inMemoryPersistence', '--tablePort', port, '--silent', '--disableTelemetry'], {
  env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` },
});
await new Promise((up) => server.stdout.on('data', (text) => `${text}`.includes('success') && up()));
try {
  const table = new TableClient(`http://127.0.0.1:${port}/${account}`, 'notes', new AzureNamedKeyCredential(account, key), {
    allowInsecureConnection: true,
  });
  await table.createTable();
  await table.createEntity({
    partitionKey: 'p',
    rowKey: 'r',
    AsInt32: 5,
    AsDouble: { type: 'Double', value: 5 },
    AsInt64: { type: 'Int64', value: '5' },
  });
  for (const [column, literal] of [['AsInt32', '5'], ['AsDouble', '5'], ['AsInt64', '5'], ['AsInt64', '5L']]) {
    const found = [];
    for (const operator of ['ge', 'le', 'eq', 'ne']) {
      let rows = 0;
      for await (const _ of table.listEntities({ queryOptions: { filter: `${column} ${operator} ${literal}` } })) rows++;
      found.push(`${operator} ${literal}: ${rows}`);
    }
    console.log(`${column}: ${found.join(', ')}`);
  }
} finally {
  server.kill('SIGINT');
}
JS

node finding.mjs > seen.txt
cat seen.txt
diff - seen.txt <<'TXT' && echo "As stated."
AsInt32: ge 5: 1, le 5: 1, eq 5: 1, ne 5: 0
AsDouble: ge 5: 1, le 5: 1, eq 5: 1, ne 5: 0
AsInt64: ge 5: 1, le 5: 1, eq 5: 0, ne 5: 1
AsInt64: ge 5L: 1, le 5L: 1, eq 5L: 1, ne 5L: 0
TXT
