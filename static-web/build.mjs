// The npm side of the site's build, in stages. `node build.mjs` reads one request a line, { stage, out, input }, and
// answers each with one line: { result }, or { error: { file, line, message } } where a source is wrong. A stage
// writes its files below `out`. `node build.mjs <stage> <out> [<input>]` runs one stage and prints its result.
import { createInterface } from "node:readline";
import { hashedWriter } from "./build/output.mjs";
import { describe } from "./build/problems.mjs";

// Each is loaded when it is first asked for: a change of a page needs none of the compilers.
const stages = {
  scripts: async (out) => (await import("./build/scripts.mjs")).scripts(out),
  worker: async () => (await import("./build/worker.mjs")).worker(),
  fonts: async (out) => (await import("./build/fonts.mjs")).subsets(hashedWriter(out)),
  styles: async (out, fonts) => (await import("./build/styles.mjs")).styles(hashedWriter(out), fonts),
  files: async (out) => (await import("./build/files.mjs")).files(hashedWriter(out)),
  code: async (_out, input) => (await import("./build/code.mjs")).code(input),
};

async function answer({ stage, out, input }) {
  try {
    return { result: await stages[stage](out, input) };
  } catch (error) {
    return { error: describe(error) };
  }
}

const [stage, out, input] = process.argv.slice(2);
if (stage) {
  const { result, error } = await answer({ stage, out, input: input && JSON.parse(input) });
  process.stdout.write(`${JSON.stringify(result ?? error, null, 2)}\n`);
  process.exitCode = error ? 1 : 0;
} else {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
}
