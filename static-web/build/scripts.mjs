import { basename, join } from "node:path";
import { build } from "esbuild";
import { icons } from "./icons.mjs";
import { assetFolder } from "./output.mjs";
import { sorted, source } from "./sources.mjs";

/** Bundles every entry point of app/pages; each with the shared pieces that it imports. */
export async function scripts(out) {
  const pages = sorted("app/pages", ".tsx").filter((name) => !name.includes(".test."));
  const { metafile } = await build({
    absWorkingDir: source,
    entryPoints: pages.map((name) => `app/pages/${name}`),
    outdir: join(out, assetFolder),
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
    plugins: [icons],
  });
  const entries = {};
  for (const [path, file] of Object.entries(metafile.outputs).sort()) {
    if (!file.entryPoint) continue;
    entries[basename(file.entryPoint, ".tsx")] = {
      file: `${assetFolder}/${basename(path)}`,
      imports: file.imports
        .filter((i) => i.kind === "import-statement")
        .map((i) => `${assetFolder}/${basename(i.path)}`),
    };
  }
  return entries;
}
