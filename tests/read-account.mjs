// Reads an account as a stranger would: with the public packages and docs/storage.md alone.
// Prints a JSON list with one {"rowKey", "types", "columns", "items"} per row, in the order of the row keys.
import { brotliDecompressSync } from 'node:zlib';
import { TableClient } from '@azure/data-tables';

const [connectionString, table, account] = process.argv.slice(2);
const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });

// An Int64 comes as a bigint, a binary as bytes.
const plain = (value) => {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? `${value.length} bytes` : value;
};
const typeOf = (value) => {
  if (typeof value === 'bigint') return 'Int64';
  return value instanceof Uint8Array ? 'Binary' : typeof value;
};

const partsOf = (entity) => {
  const parts = [];
  while (entity[`D${parts.length}`]) parts.push(entity[`D${parts.length}`]);
  return parts;
};

const entities = [];
for await (const entity of client.listEntities({ queryOptions: { filter: `PartitionKey eq '${account}'` } })) {
  const columns = Object.entries(entity).filter(([name]) => !/^(etag|timestamp|partitionKey|rowKey)$/.test(name));
  const parts = partsOf(entity);
  entities.push({
    rowKey: entity.rowKey,
    types: Object.fromEntries(columns.map(([name, value]) => [name, typeOf(value)])),
    columns: Object.fromEntries(columns.map(([name, value]) => [name, plain(value)])),
    items: parts.length > 0 ? JSON.parse(brotliDecompressSync(Buffer.concat(parts)).toString()) : null,
  });
}
process.stdout.write(JSON.stringify(entities));
