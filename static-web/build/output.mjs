import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";

/** The folder of everything that is named after its content, below the site's root. */
export const assetFolder = "assets";

/** A function that writes a file under a name that changes with its content, and returns its path below `out`. */
export function hashedWriter(out) {
  mkdirSync(join(out, assetFolder), { recursive: true });
  return (name, content) => {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const path = `${assetFolder}/${basename(name, extname(name))}-${hash}${extname(name)}`;
    writeFileSync(join(out, path), content);
    return path;
  };
}
