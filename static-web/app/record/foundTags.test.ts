import { describe, expect, it } from "vitest";
import { foundTags } from "./foundTags.ts";

describe("foundTags", () => {
  it.each([
    ["", [], [], false],
    ["Call the bank", [], [], false],
    ["Call #office #Bank", ["#office", "#bank"], [], false],
    ["#b then #a", ["#b", "#a"], [], false],
    ["Call #a #A and #b", ["#a", "#b"], ["#a"], false],
    ["#a #b #a #b #a", ["#a", "#b"], ["#a", "#b"], false],
    ["#untagged", [], [], true],
    ["Call #untagged #a #Untagged", ["#a"], [], true],
    ["https://example.org/#a #a", ["#a"], [], false],
  ] as const)(
    "foundTags_%s_says what counts, what is repeated, and what is reserved",
    (ds, tags, repeated, hasReserved) => {
      expect(foundTags(ds)).toEqual({ tags, repeated, hasReserved });
    },
  );
});
