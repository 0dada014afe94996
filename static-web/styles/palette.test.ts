import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PALETTE } from "../app/domain/colour.ts";

test("the palette of the style sheets is that of the app", () => {
  const sheet = readFileSync(join(import.meta.dirname, "tokens/_tags.scss"), "utf8");
  const rows = [...sheet.matchAll(/^ {2}(\d\d): \(([^)]*)\)/gm)].flatMap(([, lightness, row = ""]) =>
    row.split(", ").map((colour, i) => ({ hue: i + 1, lightness: Number(lightness), colour })),
  );
  expect(PALETTE).toEqual(rows);
});
