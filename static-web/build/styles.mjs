import { basename, join } from "node:path";
import { compile } from "sass";
import { sorted, source } from "./sources.mjs";

/**
 * Compiles every style sheet of styles whose name does not begin with an underscore. A font is named `font:<name>`
 * there, and lies beside the style sheets.
 */
export function styles(write, fonts) {
  const result = {};
  for (const name of sorted("styles", ".scss").filter((file) => !file.startsWith("_"))) {
    const { css } = compile(join(source, "styles", name), { style: "compressed", charset: false });
    const linked = css.replace(
      /url\("?font:(\w+)"?\)/g,
      (_, font) => `url(${basename(fonts[`${font}.woff2`])})`,
    );
    result[basename(name, ".scss")] = write(`${basename(name, ".scss")}.css`, linked);
  }
  return result;
}
