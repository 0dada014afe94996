import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { source } from "./sources.mjs";

const nameOf = (file) => relative(source, file).replaceAll("\\", "/");

/** What is wrong where, from the error of a compiler: `file` (below static-web) and `line` are null where unknown. */
export function describe(error) {
  const first = error.errors?.[0];
  if (first) {
    // esbuild: its own sentence, with what it proposes.
    const notes = first.notes?.map(({ text }) => ` ${text}`).join("") ?? "";
    return {
      file: first.location?.file ?? null,
      line: first.location?.line ?? null,
      message: `${first.text}${notes}`,
    };
  }
  if (error.sassMessage && error.span?.url) {
    return {
      file: nameOf(fileURLToPath(error.span.url)),
      line: error.span.start.line + 1,
      message: error.sassMessage,
    };
  }
  return { file: null, line: null, message: error.message };
}
