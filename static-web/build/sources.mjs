import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder static-web. */
export const source = dirname(dirname(fileURLToPath(import.meta.url)));

/** The names of the files of a folder with an extension, in one order everywhere. */
export const sorted = (folder, extension) =>
  readdirSync(join(source, folder))
    .filter((name) => name.endsWith(extension))
    .sort();
