import { basename, relative } from "node:path";
import { build } from "esbuild";
import { icons } from "./icons.mjs";
import { assetFolder, writeBelow } from "./output.mjs";
import { sorted, source } from "./sources.mjs";

// Only in names: nothing is written there, so that the result does not depend on where it goes.
const site = "dist";

/** The files that an output imports, and those that they import, by kinds of import. */
function imported(outputs, path, kinds) {
  const found = new Set();
  const follow = (output) => {
    for (const next of outputs[output].imports.filter(({ kind }) => kinds.includes(kind))) {
      if (!found.has(next.path)) {
        found.add(next.path);
        follow(next.path);
      }
    }
  };
  follow(path);
  return [...found].map((file) => relative(site, file).replaceAll("\\", "/")).sort();
}

/**
 * Bundles every entry point of app/pages: its file, what it imports at once, and everything that it may ever import.
 */
export async function scripts(out) {
  const pages = sorted("app/pages", ".tsx");
  const { metafile, outputFiles } = await build({
    absWorkingDir: source,
    entryPoints: pages.map((name) => `app/pages/${name}`),
    outdir: `${site}/${assetFolder}`,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    sourcemap: false,
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    metafile: true,
    write: false,
    logLevel: "silent",
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [icons],
  });
  for (const { path, contents } of outputFiles) {
    writeBelow(out, `${assetFolder}/${basename(path)}`, contents);
  }
  const entries = {};
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    if (!entryPoint?.startsWith("app/pages/")) continue;
    entries[basename(entryPoint, ".tsx")] = {
      file: `${assetFolder}/${basename(path)}`,
      imports: imported(metafile.outputs, path, ["import-statement"]),
      everything: imported(metafile.outputs, path, ["import-statement", "dynamic-import"]),
    };
  }
  return entries;
}
