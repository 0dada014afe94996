import { readFileSync } from "node:fs";
import { join } from "node:path";
import subset from "subset-font";
import { source } from "./sources.mjs";

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");

const ascii = range(0x20, 0x7e);
const latin1 = range(0xa0, 0xff);
const marks = "–—‘’‚“”„•…‹›€−×→←↑↓✓ŒœŠšŸŽžıŁł\u2009\u202f";

// What is not in a subset is drawn with the system's font.
const fonts = {
  inter: {
    file: "inter/files/inter-latin-wght-normal.woff2",
    text: ascii + latin1 + marks,
    axes: { wght: { min: 400, max: 700 } },
  },
  fraunces: {
    file: "fraunces/files/fraunces-latin-opsz-normal.woff2",
    text: `${ascii}${range(0xc0, 0xff)}–’“”„…`,
    axes: { wght: { min: 400, max: 600 }, opsz: 72 },
  },
};

/** Cuts the fonts down to what the site writes; their paths by the name that style sheets use, with `.woff2`. */
export async function subsets(write) {
  const paths = {};
  for (const [name, { file, text, axes }] of Object.entries(fonts)) {
    const whole = readFileSync(join(source, "node_modules/@fontsource-variable", file));
    const font = await subset(whole, text, { targetFormat: "woff2", variationAxes: axes });
    paths[`${name}.woff2`] = write(`${name}.woff2`, font);
  }
  return paths;
}
