import { describe, expect, it } from "vitest";
import { contentOf } from "./store.ts";

const setting = (value: never) => ({ key: "s", mt: 1, st: 1, value });

describe("contentOf", () => {
  it.each([
    [{ a: 1, b: { c: [1], d: 2 } }, { b: { d: 2, c: [1] }, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [{}, [], false],
    [{ a: null }, {}, false],
    ["1", 1, false],
  ])("contentOf_%j and %j_are the same: %s", (one, other, expected) =>
    expect(contentOf(setting(one as never)) === contentOf(setting(other as never))).toBe(expected),
  );

  it("contentOf_versions of a record_do not matter", () => {
    const record = { key: "a", mt: 1, st: 1, t1: 1, t2: 2, ds: "x" };
    expect(contentOf({ ...record, mt: 2, st: 0 })).toBe(contentOf(record));
    expect(contentOf({ ...record, ds: "y" })).not.toBe(contentOf(record));
  });
});
