import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";

/** The folder of everything that is named after its content, below the site's root. */
export const assetFolder = "assets";

/** Writes a file below a folder. */
export function writeBelow(out, path, content) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

/** A function that writes a file under a name that changes with its content, and returns its path below `out`. */
export const hashedWriter = (out) => (name, content) => {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const path = `${assetFolder}/${basename(name, extname(name))}-${hash}${extname(name)}`;
  writeBelow(out, path, content);
  return path;
};
