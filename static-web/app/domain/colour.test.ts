import { expect, test } from "vitest";
import { hueOf } from "./colour.ts";

test("a tag always has the same hue", () => {
  // FNV-1a's published value for "a" is 0xe40c292c.
  expect(hueOf("a")).toBe((0xe40c292c % 12) + 1);
  expect(hueOf("#büro")).toBe(hueOf("#büro"));
});

test("the hues are used evenly", () => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 1200; i++) counts.set(hueOf(`#tag${i}`), (counts.get(hueOf(`#tag${i}`)) ?? 0) + 1);
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(Math.min(...counts.values())).toBeGreaterThan(60);
});
