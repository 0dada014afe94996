import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comboOf, UNTAGGED } from "../combo.ts";
import type { Range } from "../day.ts";
import { isHidden, isRunning, orderedTimes, type TimeRecord } from "../record.ts";
import { parseDescription } from "../tags.ts";
import { RecordIndex } from "./recordIndex.ts";
import { Statistics, type Totals } from "./statistics.ts";

const record = (fields: Partial<TimeRecord>): TimeRecord => ({
  key: "k",
  mt: 1,
  st: 1,
  t1: 0,
  t2: 0,
  ds: "",
  ...fields,
});

/** The totals by looking at every record. */
function naive(records: Iterable<TimeRecord>, { from, to }: Range, now: number): Totals {
  const totals = new Map<string, number>();
  for (const one of records) {
    if (isHidden(one.ds)) continue;
    const { t1, t2 } = orderedTimes(one.t1, one.t2);
    const seconds = Math.min(isRunning(one) ? now : t2, to) - Math.max(t1, from);
    const combo = comboOf(parseDescription(one.ds).tags.filter((tag) => tag !== UNTAGGED));
    if (seconds > 0) totals.set(combo, (totals.get(combo) ?? 0) + seconds);
  }
  return totals;
}

const sorted = (totals: Totals): readonly (readonly [string, number])[] =>
  [...totals].sort(([a], [b]) => (a < b ? -1 : 1));

const SPAN = 2_000_000;
const times = fc.integer({ min: 0, max: SPAN });
const descriptions = fc.constantFrom("", "#a", "#b #a x", "#a #b", "#c", "HIDDEN #a", "#untagged", "#A");
const records = fc
  .record({
    key: fc.constantFrom(..."abcdefghijklmnop"),
    t1: times,
    length: fc.integer({ min: -50, max: SPAN }),
    ds: descriptions,
  })
  .chain(({ key, t1, length, ds }) =>
    fc
      .constantFrom(0, 1, length % 5000, length)
      .map((chosen) => record({ key, t1, t2: Math.max(0, t1 + chosen), ds })),
  );
/** Edits, with questions in between. */
const histories = fc.array(fc.array(records, { maxLength: 12 }), { minLength: 1, maxLength: 6 });

describe("Statistics", () => {
  it("totals and bins_any history of edits_agree with looking at every record", () => {
    const edges = fc
      .uniqueArray(times, { minLength: 2, maxLength: 40 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(histories, fc.tuple(times, times), edges, times, (history, [a, b], cuts, now) => {
        const statistics = new Statistics();
        const current = new Map<string, TimeRecord>();
        for (const edits of history) {
          for (const edit of edits) {
            statistics.set(edit);
            current.set(edit.key, edit);
          }
          const range = { from: Math.min(a, b), to: Math.max(a, b) };
          expect(sorted(statistics.totals(range, now))).toEqual(sorted(naive(current.values(), range, now)));
          for (const part of [
            { from: -Infinity, to: b },
            { from: a, to: Infinity },
            { from: -Infinity, to: Infinity },
          ]) {
            expect(sorted(statistics.totals(part, now))).toEqual(sorted(naive(current.values(), part, now)));
          }
          const unbounded = [-Infinity, ...cuts, Infinity];
          statistics.bins(unbounded, now).forEach((bin, i) => {
            const part = { from: unbounded[i] ?? 0, to: unbounded[i + 1] ?? 0 };
            expect(sorted(bin)).toEqual(sorted(naive(current.values(), part, now)));
          });
          statistics.bins(cuts, now).forEach((bin, i) => {
            const part = { from: cuts[i] ?? 0, to: cuts[i + 1] ?? 0 };
            expect(sorted(bin)).toEqual(sorted(naive(current.values(), part, now)));
          });
        }
      }),
      { numRuns: 120 },
    );
  });

  it("totals_a range that ends before it begins_has none", () => {
    const statistics = new Statistics();
    statistics.set(record({ t1: 0, t2: 100 }));
    expect(statistics.totals({ from: 50, to: 20 }, 0).size).toBe(0);
    expect(statistics.bins([50], 0)).toEqual([]);
  });

  it("totals_a running record_counts until now, and one that starts later does not", () => {
    const statistics = new Statistics();
    statistics.set(record({ key: "a", t1: 100, t2: 100, ds: "#x" }));
    statistics.set(record({ key: "b", t1: 900, t2: 900, ds: "#y" }));
    expect([...statistics.totals({ from: 0, to: 1000 }, 150)]).toEqual([["#x", 50]]);
  });

  it("totals_all time_is all that there is", () => {
    const statistics = new Statistics();
    statistics.set(record({ key: "a", t1: 100, t2: 130, ds: "#x" }));
    statistics.set(record({ key: "b", t1: 1_700_000_000, t2: 1_700_000_005, ds: "#x" }));
    for (const from of [0, -Infinity, -1e300]) {
      for (const to of [Infinity, 1e300]) {
        expect([...statistics.totals({ from, to }, 0)]).toEqual([["#x", 35]]);
        expect(statistics.bins([from, to], 0)).toEqual([new Map([["#x", 35]])]);
      }
    }
    expect([...statistics.totals({ from: -Infinity, to: 110 }, 0)]).toEqual([["#x", 10]]);
  });

  it("clear_forgets everything", () => {
    const statistics = new Statistics();
    statistics.set(record({ key: "a", t1: 0, t2: 100 }));
    statistics.set(record({ key: "b", t1: 50, t2: 50 }));
    statistics.clear();
    expect(statistics.totals({ from: 0, to: 1000 }, 1000).size).toBe(0);
    statistics.set(record({ key: "a", t1: 0, t2: 10 }));
    expect([...statistics.totals({ from: 0, to: 1000 }, 1000).values()]).toEqual([10]);
  });
});

const YEAR = 365 * 86_400;
const RECORDS = 50_000;
const COMBOS = 200;
/** Ten years of records, one after the other, of many combos. */
const tenYears = (): readonly TimeRecord[] =>
  Array.from({ length: RECORDS }, (_, i) => {
    const t1 = Math.floor((i * 10 * YEAR) / RECORDS);
    return record({ key: `r${i}`, t1, t2: t1 + 3600, ds: `#t${(i * 7919) % COMBOS} work` });
  });

describe("the cost of statistics over 50,000 records", () => {
  const statistics = new Statistics();
  for (const one of tenYears()) statistics.set(one);
  const costOf = (work: () => unknown): number => {
    const before = statistics.cost.moments;
    work();
    return statistics.cost.moments - before;
  };
  const all = { from: 1000, to: 10 * YEAR + 10_000 };
  const settled = costOf(() => statistics.totals(all, 0));
  // Four searches among a combo's 250 records.
  const search = 4 * COMBOS * 9;

  it("the first question_puts each record in place once", () => {
    expect(settled).toBeLessThan(2 * RECORDS + 2 * search);
  });

  it.each([10 * YEAR, YEAR, 86_400, 60])(
    "totals_any %d seconds_are found by searching, not by going through",
    (length) => {
      expect(costOf(() => statistics.totals({ from: 12_345, to: 12_345 + length }, 0))).toBeLessThan(search);
    },
  );

  it("bins_ten years by year_cost the edges, not the records", () => {
    const edges = Array.from({ length: 11 }, (_, i) => i * YEAR);
    expect(costOf(() => statistics.bins(edges, 0))).toBeLessThan(((11 + 2) * search) / 2);
  });

  it("bins_ten years by day_go through the records once", () => {
    const edges = Array.from({ length: 3651 }, (_, i) => i * 86_400);
    expect(costOf(() => statistics.bins(edges, 0))).toBeLessThan(4 * RECORDS + 2 * search);
  });

  it("an edit_of today_touches what comes after it in its combo, and nothing else", () => {
    const last = RECORDS - 1;
    const t1 = Math.floor((last * 10 * YEAR) / RECORDS);
    const edit = (length: number): void => {
      statistics.set(record({ key: `r${last}`, t1, t2: t1 + length, ds: `#t${(last * 7919) % COMBOS}` }));
    };
    const before = statistics.totals(all, 0);
    const asking = costOf(() => statistics.totals(all, 0));
    expect(costOf(() => edit(7200))).toBe(0);
    expect(costOf(() => statistics.totals(all, 0)) - asking).toBeLessThan(40);
    expect(statistics.totals(all, 0)).not.toEqual(before);
    edit(3600);
    expect(statistics.totals(all, 0)).toEqual(before);
  });

  it("an edit_of ten years ago_touches its combo only", () => {
    statistics.set(record({ key: "r0", t1: 0, t2: 10, ds: "#t0" }));
    expect(costOf(() => statistics.totals(all, 0))).toBeLessThan(search + (2 * 2 * RECORDS) / COMBOS);
  });
});

describe("RecordIndex", () => {
  it("within and running_any history of edits_agree with looking at every record", () => {
    fc.assert(
      fc.property(histories, fc.tuple(times, times), times, (history, [a, b], now) => {
        const index = new RecordIndex();
        const current = new Map<string, TimeRecord>();
        for (const edits of history) {
          for (const edit of edits) {
            index.set(edit);
            current.set(edit.key, edit);
          }
          const range = { from: Math.min(a, b), to: Math.max(a, b) };
          const expected = [...current.values()].filter((one) => {
            const { t1, t2 } = orderedTimes(one.t1, one.t2);
            return !isHidden(one.ds) && t1 < range.to && (isRunning(one) ? now : t2) > range.from;
          });
          expect(new Set(index.within(range, now))).toEqual(
            range.to > range.from ? new Set(expected) : new Set(),
          );
          expect(new Set(index.running())).toEqual(
            new Set([...current.values()].filter((one) => isRunning(one) && !isHidden(one.ds))),
          );
        }
      }),
      { numRuns: 120 },
    );
  });

  it("within_a range that ends within a second_has the record of that second", () => {
    const index = new RecordIndex();
    // Where a bucket begins.
    const t1 = 2 ** 17;
    index.set(record({ t1, t2: t1 + 10 }));
    expect(index.within({ from: t1 - 100, to: t1 + 0.5 }, 0)).toHaveLength(1);
    expect(index.within({ from: t1 - 100, to: t1 }, 0)).toEqual([]);
    expect(index.within({ from: -Infinity, to: Infinity }, 0)).toHaveLength(1);
  });

  it("within_a record of many buckets_is found once, newest first", () => {
    const index = new RecordIndex();
    const week = record({ key: "week", t1: 0, t2: 7 * 86_400 });
    const decade = record({ key: "decade", t1: 10, t2: 10 * YEAR });
    const last = record({ key: "last", t1: 6 * 86_400, t2: 6 * 86_400 + 1 });
    for (const one of [week, decade, last]) index.set(one);
    expect(index.within({ from: 0, to: 20 * YEAR }, 0)).toEqual([last, decade, week]);
    expect(index.within({ from: 8 * 86_400, to: 9 * 86_400 }, 0)).toEqual([decade]);
    expect(index.within({ from: 3, to: 3 }, 0)).toEqual([]);
  });

  it("set_a record of a century_is not put into every bucket", () => {
    const index = new RecordIndex();
    index.set(record({ t1: 0, t2: 100 * YEAR }));
    expect(index.cost.buckets).toBe(0);
    expect(index.within({ from: 50 * YEAR, to: 50 * YEAR + 1 }, 0)).toHaveLength(1);
  });

  it("within_a range of all time_does not go through buckets that are not there", () => {
    const index = new RecordIndex();
    index.set(record({ t1: 0, t2: 10 }));
    const before = { ...index.cost };
    expect(index.within({ from: 0, to: 1e12 }, 0)).toHaveLength(1);
    expect(index.cost.buckets - before.buckets).toBe(1);
    expect(index.within({ from: 1e9, to: 1e12 }, 0)).toHaveLength(0);
    expect(index.cost.records - before.records).toBe(1);
  });

  it("within_a day among 50,000 records_looks at few of them", () => {
    const index = new RecordIndex();
    const records50k = tenYears();
    for (const one of records50k) index.set(one);
    const range = { from: 5 * YEAR, to: 5 * YEAR + 86_400 };
    const before = index.cost.buckets;
    const found = index.within(range, 0);
    const expected = records50k.filter(({ t1, t2 }) => t1 < range.to && t2 > range.from);
    expect(found).toEqual(expected.reverse());
    expect(found.length).toBeGreaterThan(10);
    expect(index.cost.records).toBeLessThan(80);
    expect(index.cost.buckets - before).toBeLessThanOrEqual(2);
  });

  it("clear_forgets everything", () => {
    const index = new RecordIndex();
    index.set(record({ t1: 0, t2: 10 }));
    index.set(record({ key: "b", t1: 5, t2: 5 }));
    index.clear();
    expect(index.within({ from: 0, to: 100 }, 100)).toEqual([]);
  });
});
