import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sorted, source } from "./sources.mjs";

/** Takes over every file of assets. */
export const files = (write) =>
  Object.fromEntries(
    sorted("assets", "").map((name) => [name, write(name, readFileSync(join(source, "assets", name)))]),
  );
