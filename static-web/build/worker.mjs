import { build } from "esbuild";
import { source } from "./sources.mjs";

/** Bundles the service worker; the site builder puts the list of the app's files before it. */
export async function worker() {
  const { outputFiles } = await build({
    absWorkingDir: source,
    entryPoints: ["worker/worker.ts"],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return { code: outputFiles[0].text };
}
