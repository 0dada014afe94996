import fc from "fast-check";
import { describe, expect, it } from "vitest";
import mergeVectors from "../../../tests/vectors/merge.json";
import tagVectors from "../../../tests/vectors/tags.json";
import { LATEST } from "./calendar/zone.ts";
import { dayAround, secondsIn, secondsPassed } from "./day.ts";
import { checkDescription, cleanDescription } from "./description.ts";
import { newKey } from "./key.ts";
import { supersedes } from "./merge.ts";
import {
  HIDDEN,
  isHidden,
  isRunning,
  nextMt,
  orderedTimes,
  startFault,
  stopped,
  type TimeRecord,
} from "./record.ts";
import { normaliseTags, parseDescription } from "./tags.ts";

const record = (fields: Partial<TimeRecord>): TimeRecord => ({
  key: "k",
  mt: 1,
  st: 1,
  t1: 0,
  t2: 0,
  ds: "",
  ...fields,
});

describe("tags", () => {
  it.each(tagVectors.cases)("parseDescription_$ds_agrees with the shared vector", ({ ds, tags, parts }) => {
    const parsed = parseDescription(ds);
    expect(parsed.tags).toEqual(tags);
    expect(parsed.parts.map((part) => part.text)).toEqual(parts);
  });

  const text = fc.string({
    unit: fc.oneof(fc.constantFrom("#", ":", "/", "a", "B", " ", "\t", "://"), fc.string({ unit: "binary" })),
  });

  it("normaliseTags_anything_is idempotent", () => {
    fc.assert(
      fc.property(text, (ds) => {
        expect(normaliseTags(normaliseTags(ds))).toBe(normaliseTags(ds));
      }),
    );
  });

  it("normaliseTags_anything_keeps the tags", () => {
    fc.assert(
      fc.property(text, (ds) => {
        expect(parseDescription(normaliseTags(ds)).tags).toEqual(parseDescription(ds).tags);
      }),
    );
  });
});

describe("merge", () => {
  it.each(mergeVectors.cases)("supersedes_$name", ({ current, incoming, taken }) => {
    expect(supersedes(incoming, current ?? undefined)).toBe(taken);
  });
});

describe("times that no calendar has", () => {
  // A program that writes nanoseconds.
  const far = record({ t1: 1.7e18, t2: 1.7e18 + 3600e9 });
  it("orderedTimes_later than the year 9999_are its end, which a screen can show", () => {
    expect(orderedTimes(far.t1, far.t2)).toEqual({ t1: 253_402_300_799, t2: 253_402_300_799 });
    expect(orderedTimes(far.t2, 5)).toEqual({ t1: 5, t2: 253_402_300_799 });
  });
  it("stopped_a record that would start then_does not run any more", () => {
    const ended = stopped({ ...far, t2: far.t1 }, 100);
    expect(isRunning(ended)).toBe(false);
    expect(ended.t1).toBeLessThanOrEqual(253_402_300_799);
  });
});

describe("description", () => {
  it("checkDescription_255 emoji_is taken", () => {
    expect(checkDescription("😀".repeat(255))).toMatchObject({ ok: true });
  });

  it("checkDescription_256 code points_is refused, not cut", () => {
    expect(checkDescription("😀".repeat(256))).toEqual({ ok: false, reason: "tooLong", excess: 1 });
  });

  it.each(["HIDDEN", "HIDDEN x", '  "HIDDEN'])("checkDescription_%j_is refused", (text) => {
    expect(checkDescription(text)).toEqual({ ok: false, reason: "hidden" });
  });

  /** What other clients make of every description before they keep it. */
  const asOthersKeepIt = (ds: string): string =>
    ds
      .slice(0, 256)
      .replaceAll("\r", "")
      .replaceAll(/[\n\t]/g, " ")
      .replace(/^[ "]+/, "");

  it("checkDescription_anything that begins with HIDDEN or hides it_deletes the record for no client (L04)", () => {
    const piece = fc.constantFrom(
      HIDDEN,
      "HIDD",
      "EN",
      "#",
      "#x",
      '"',
      " ",
      "\t",
      "\r",
      "\n",
      "\u00a0",
      "\ufeff",
      "a",
    );
    const typed = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(""));
    let refused = 0;
    fc.assert(
      fc.property(typed, (text) => {
        const checked = checkDescription(text);
        expect(checked.ok).toBe(!isHidden(cleanDescription(text)));
        if (checked.ok) expect(isHidden(asOthersKeepIt(checked.ds))).toBe(false);
        else refused += 1;
      }),
    );
    expect(refused).toBeGreaterThan(0);
  });

  it("checkDescription_hidden in lower case_is ordinary text", () => {
    expect(checkDescription("hidden gem")).toEqual({ ok: true, ds: "hidden gem" });
  });

  it("cleanDescription_several lines_become one", () => {
    expect(cleanDescription(' "a\r\nb\t#Tag ')).toBe("a b #tag");
  });

  it("cleanDescription_anything_is idempotent", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => cleanDescription(cleanDescription(text)) === cleanDescription(text),
      ),
    );
  });
});

describe("record", () => {
  it("orderedTimes_reversed_are swapped", () => expect(orderedTimes(20, 10)).toEqual({ t1: 10, t2: 20 }));
  it("orderedTimes_before 1970_are clipped", () => expect(orderedTimes(-5, 10.7)).toEqual({ t1: 0, t2: 10 }));
  it("orderedTimes_not a number_throws", () => expect(() => orderedTimes(Number.NaN, 1)).toThrow(RangeError));
  it.each([
    [1000, null],
    [1005, null],
    [1006, "future"],
    [LATEST + 1, "impossible"],
    [1_796_010_000_000, "impossible"],
    [-1, "impossible"],
    [Number.NaN, "impossible"],
  ])("startFault_%d at 1000_is %s", (t1, fault) => expect(startFault({ t1 }, 1000)).toBe(fault));

  it("stopped_in the second it started_lasts a second", () => {
    expect(stopped(record({ t1: 100, t2: 100 }), 100).t2).toBe(101);
  });
  it.each([2 ** 53 - 1, 2 ** 53, 1.7e18, 9e18])(
    "nextMt_current in units finer than seconds (%d)_is later",
    (mt) => {
      const next = nextMt({ key: "k", mt, st: 1 }, 500);
      expect(next).toBeGreaterThan(mt);
      expect(next).toBeLessThan(mt * (1 + 1e-12) + 2);
    },
  );

  it("nextMt_current from a clock that runs ahead_is later", () => {
    expect(nextMt({ key: "k", mt: 900, st: 1 }, 500)).toBe(901);
  });
});

describe("key", () => {
  it("newKey_letters only_eight of them", () => expect(newKey()).toMatch(/^[a-zA-Z]{8}$/));
  it("newKey_byte beyond the fair range_is thrown away", () => {
    const key = newKey((into) =>
      into.forEach((_, i) => {
        into[i] = i % 2 === 0 ? 255 : i;
      }),
    );
    expect(key).toBe("bdfhjlnp");
  });
});

describe("day", () => {
  const hours = (y: number, m: number, d: number): number => {
    const day = dayAround(new Date(y, m - 1, d, 12).getTime() / 1000);
    return (day.to - day.from) / 3600;
  };
  it("dayAround_summer time begins_has 23 hours", () => expect(hours(2026, 3, 29)).toBe(23));
  it("dayAround_summer time ends_has 25 hours", () => expect(hours(2026, 10, 25)).toBe(25));
  it("secondsIn_record across midnight_is clipped", () => {
    expect(secondsIn(record({ t1: 50, t2: 150 }), { from: 100, to: 200 }, 0)).toBe(50);
  });
  it("secondsIn_reversed times_count as in order", () => {
    expect(secondsIn(record({ t1: 150, t2: 50 }), { from: 0, to: 120 }, 0)).toBe(70);
  });
  it.each([
    ["none", [], 0],
    ["one", [[10, 40]], 30],
    [
      "two that touch",
      [
        [10, 20],
        [20, 40],
      ],
      30,
    ],
    [
      "two that overlap",
      [
        [10, 30],
        [20, 40],
      ],
      30,
    ],
    [
      "one inside another",
      [
        [10, 40],
        [20, 30],
      ],
      30,
    ],
    [
      "a gap",
      [
        [10, 20],
        [30, 40],
      ],
      20,
    ],
    [
      "one that runs",
      [
        [10, 20],
        [50, 50],
      ],
      30,
    ],
    [
      "beyond the range",
      [
        [-50, 5],
        [90, 900],
      ],
      15,
    ],
    ["reversed", [[40, 10]], 30],
  ] as const)("secondsPassed_%s_counts time once", (_, times, expected) => {
    const records = times.map(([t1, t2], n) => record({ key: `${n}`, t1, t2 }));
    expect(secondsPassed(records, { from: 0, to: 100 }, 70)).toBe(expected);
  });

  it("secondsIn_a running record_counts until now", () => {
    expect(secondsIn(record({ t1: 150, t2: 150 }), { from: 0, to: 1000 }, 200)).toBe(50);
  });
});
