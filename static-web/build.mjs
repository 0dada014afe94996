// Bundles the client and compiles its styles into files named after their content, and writes a manifest that tells
// the site builder which name belongs to which entry. `node build.mjs [--out <folder>]`
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { files } from "./build/files.mjs";
import { subsets } from "./build/fonts.mjs";
import { hashedWriter } from "./build/output.mjs";
import { scripts } from "./build/scripts.mjs";
import { source } from "./build/sources.mjs";
import { styles } from "./build/styles.mjs";

const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = values.out ?? join(source, ".stamps", "assets");

rmSync(out, { recursive: true, force: true });
const write = hashedWriter(out);
try {
  const fonts = await subsets(write);
  const manifest = {
    scripts: await scripts(out),
    styles: styles(write, fonts),
    files: { ...files(write), ...fonts },
  };
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
} catch (error) {
  // esbuild has printed its own message, with file and line; sass puts file and line into the exception's text.
  if (!error.errors) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
