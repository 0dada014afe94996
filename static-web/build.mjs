// Bundles the client and compiles its styles into files named after their content, and writes a manifest that tells
// the site builder which name belongs to which entry. `node build.mjs [--out <folder>]`
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { compile } from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" } } });
const out = values.out ?? join(source, ".stamps", "assets");
const folder = "assets";

/** Writes a file under a name that changes with its content, and returns its path below `out`. */
function writeHashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const path = `${folder}/${basename(name, extname(name))}-${hash}${extname(name)}`;
  writeFileSync(join(out, path), content);
  return path;
}

const sorted = (folderName, extension) =>
  readdirSync(join(source, folderName))
    .filter((name) => name.endsWith(extension))
    .sort();

async function scripts() {
  const pages = sorted("app/pages", ".tsx").filter((name) => !name.includes(".test."));
  const { metafile } = await build({
    absWorkingDir: source,
    entryPoints: pages.map((name) => `app/pages/${name}`),
    outdir: join(out, folder),
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    sourcemap: false,
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    metafile: true,
    logLevel: "error",
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  const entries = {};
  for (const [path, file] of Object.entries(metafile.outputs).sort()) {
    if (!file.entryPoint) continue;
    entries[basename(file.entryPoint, ".tsx")] = {
      file: `${folder}/${basename(path)}`,
      imports: file.imports
        .filter((i) => i.kind === "import-statement")
        .map((i) => `${folder}/${basename(i.path)}`),
    };
  }
  return entries;
}

function styles() {
  const result = {};
  for (const name of sorted("styles", ".scss").filter((file) => !file.startsWith("_"))) {
    const { css } = compile(join(source, "styles", name), { style: "compressed", charset: false });
    result[basename(name, ".scss")] = writeHashed(`${basename(name, ".scss")}.css`, css);
  }
  return result;
}

const files = () =>
  Object.fromEntries(
    sorted("assets", "").map((name) => [name, writeHashed(name, readFileSync(join(source, "assets", name)))]),
  );

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, folder), { recursive: true });
try {
  const manifest = { scripts: await scripts(), styles: styles(), files: files() };
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
} catch (error) {
  // esbuild has printed its own message, with file and line; sass puts file and line into the exception's text.
  if (!error.errors) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
