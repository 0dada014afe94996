import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder static-web. */
export const source = dirname(dirname(fileURLToPath(import.meta.url)));

/** Tests are no part of the site, and editors keep files of their own for a moment (SourceFiles.cs has the same rule). */
const FOREIGN = /\.test\.|^\.#|~$|\.swp$/;

/** The names of the files of a folder with an extension, in one order everywhere. */
export const sorted = (folder, extension) =>
  readdirSync(join(source, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension) && !FOREIGN.test(entry.name))
    .map(({ name }) => name)
    .sort();
