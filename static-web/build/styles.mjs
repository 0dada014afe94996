import { basename, join } from "node:path";
import { compile } from "sass";
import { sorted, source } from "./sources.mjs";

/** Compiles every style sheet of styles whose name does not begin with an underscore. */
export function styles(write) {
  const result = {};
  for (const name of sorted("styles", ".scss").filter((file) => !file.startsWith("_"))) {
    const { css } = compile(join(source, "styles", name), { style: "compressed", charset: false });
    result[basename(name, ".scss")] = write(`${basename(name, ".scss")}.css`, css);
  }
  return result;
}
