import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDescription, cleanDescription } from "./description.ts";
import { isHidden, isRunning, type TimeRecord } from "./record.ts";
import { hidden, overlapping, restored, shownDescription, stoppedAll, withTimes } from "./recordRules.ts";

const record = (fields: Partial<TimeRecord>): TimeRecord => ({
  key: "k",
  mt: 1,
  st: 1,
  t1: 100,
  t2: 200,
  ds: "",
  ...fields,
});

describe("descriptions", () => {
  it.each([
    ['"q" x', 'q" x'],
    ["a\tb\nc\rd", "a b cd"],
    ["' x'", "' x'"],
    ["  Mixed #CASE#Two   ", "Mixed #case #two"],
  ])("cleanDescription_%j is %j", (text, expected) => expect(cleanDescription(text)).toBe(expected));
  it("checkDescription_300 characters_are refused, not cut (L01)", () => {
    expect(checkDescription("x".repeat(300))).toMatchObject({ ok: false, excess: 45 });
  });
});

describe("hidden", () => {
  it("hidden_a record_keeps its times and comes back as it was (L03)", () => {
    const before = record({ ds: "Talk #acme" });
    const deleted = hidden(before, 500);
    expect(deleted).toEqual({ ...before, ds: "HIDDEN Talk #acme" });
    expect(restored(deleted)).toEqual(before);
  });
  it("hidden_a running record_stops", () => {
    expect(hidden(record({ t1: 100, t2: 100 }), 500)).toMatchObject({ t1: 100, t2: 500, ds: "HIDDEN" });
  });
  it("hidden_one that is hidden_is marked once", () => {
    const twice = hidden(record({ ds: "HIDDEN HIDDEN x" }), 0);
    expect(twice.ds).toBe("HIDDEN x");
    expect(shownDescription("HIDDENx")).toBe("x");
    expect(shownDescription("not HIDDEN x")).toBe("not HIDDEN x");
  });
  it.each(["fix the HIDDEN layer #ui", "what is HIDDEN"])(
    "hidden_%j_comes back with the word that is its own",
    (ds) => {
      const deleted = hidden(record({ ds }), 0);
      expect(deleted.ds).toBe(`HIDDEN ${ds}`);
      expect(hidden(deleted, 0)).toEqual(deleted);
      expect(restored(deleted).ds).toBe(ds);
    },
  );
  it.each(["#x\u00a0", "\ufeff#x", "\u3000x\u2028", "#\u2003"])(
    "hidden_%j_comes back with its ends, which are no blanks of descriptions",
    (ds) => {
      expect(restored(hidden(record({ ds }), 0)).ds).toBe(ds);
    },
  );
  it("hidden_anything that can be stored_comes back as it was", () => {
    const unit = fc.constantFrom("#", "a", "HIDDEN", " ", "\t", "\u00a0", "\ufeff", "\u2028", "😀", '"');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (typed) => {
        const checked = checkDescription(typed);
        if (checked.ok) expect(restored(hidden(record({ ds: checked.ds }), 0)).ds).toBe(checked.ds);
      }),
    );
  });
  it("hidden_the longest description_is still one that the server takes", () => {
    const deleted = hidden(record({ ds: "😀".repeat(255) }), 0);
    expect([...deleted.ds]).toHaveLength(255);
    expect(isHidden(deleted.ds)).toBe(true);
  });
});

describe("times", () => {
  it("stoppedAll_several running records_end at the same moment, a second after their start at least (L12, L53)", () => {
    const records = [
      record({ key: "a", t1: 100, t2: 100 }),
      record({ key: "b", t1: 700, t2: 700 }),
      record({ key: "c", t1: 100, t2: 200 }),
      record({ key: "d", t1: 100, t2: 100, ds: "HIDDEN" }),
    ];
    expect(stoppedAll(records, 500).map(({ key, t2 }) => [key, t2])).toEqual([
      ["a", 500],
      ["b", 701],
    ]);
  });
  it("withTimes_reversed_are swapped (L02)", () => {
    expect(withTimes(record({}), 300, 200)).toMatchObject({ t1: 200, t2: 300 });
  });
  it("withTimes_equal_does not make it run", () => {
    expect(isRunning(withTimes(record({}), 300.9, 300.2))).toBe(false);
  });
});

describe("overlapping", () => {
  const spans = fc.array(
    fc.record({
      t1: fc.nat(60),
      length: fc.nat(20),
      ds: fc.constantFrom("", "", "HIDDEN"),
      isReversed: fc.boolean(),
    }),
    { maxLength: 10 },
  );
  it("overlapping_any records_are those that share time with another", () => {
    fc.assert(
      fc.property(spans, fc.nat(80), (list, now) => {
        const records = list.map(({ t1, length, ds, isReversed }, i) =>
          record({ key: `k${i}`, ds, t1: isReversed ? t1 + length : t1, t2: isReversed ? t1 : t1 + length }),
        );
        const ends = (one: TimeRecord): readonly [number, number] =>
          isRunning(one) ? [one.t1, now] : [Math.min(one.t1, one.t2), Math.max(one.t1, one.t2)];
        const shown = records.filter((one) => !isHidden(one.ds));
        const shares = (one: TimeRecord): boolean =>
          shown.some(
            (other) =>
              other !== one &&
              Math.min(ends(one)[1], ends(other)[1]) > Math.max(ends(one)[0], ends(other)[0]),
          );
        expect([...overlapping(records, now)].sort()).toEqual(
          shown
            .filter(shares)
            .map(({ key }) => key)
            .sort(),
        );
      }),
      { numRuns: 500 },
    );
  });
});
