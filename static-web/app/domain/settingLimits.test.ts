import { describe, expect, it } from "vitest";
import type { Json } from "./record.ts";
import { KEY_LIMIT, settingExcess, VALUE_LIMIT, valueLength } from "./settingLimits.ts";

describe("valueLength", () => {
  it.each([
    [null, "null"],
    [-1.5, "-1.5"],
    ['a"b\\\n\u0001\u007f', '"a\\"b\\\\\\n\\u0001\u007f"'],
    ["é😀", '"\\u00e9\\ud83d\\ude00"'],
    [[], "[]"],
    [{}, "{}"],
    [[1, [2], "x"], '[1, [2], "x"]'],
    [{ a: 1, é: { b: [true] } }, '{"a": 1, "\\u00e9": {"b": [true]}}'],
  ] as const satisfies readonly (readonly [Json, string])[])(
    "valueLength_%j_is that of %s",
    (value, written) => expect(valueLength(value)).toBe(written.length),
  );
});

describe("settingExcess", () => {
  it.each([
    [{ key: "k".repeat(KEY_LIMIT), value: "v".repeat(VALUE_LIMIT - 2) }, 0],
    [{ key: "k", value: "v".repeat(VALUE_LIMIT + 1) }, 3],
    [{ key: "😀".repeat(KEY_LIMIT), value: 1 }, 0],
    [{ key: "k".repeat(KEY_LIMIT + 1), value: 1 }, 1],
  ])("settingExcess_case %#_is counted", (setting, excess) => expect(settingExcess(setting)).toBe(excess));
});
