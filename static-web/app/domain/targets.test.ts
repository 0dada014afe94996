import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, type Calendar, floor, next, type Unit } from "./calendar/steps.ts";
import { namedZone } from "./calendar/zone.ts";
import type { Range } from "./day.ts";
import { PERIODS } from "./tagInfo.ts";
import { type FreeDays, progressOf, targetFor, workingDays } from "./targets.ts";

const calendar: Calendar = { zone: namedZone("Europe/Amsterdam"), weekStart: 1 };
const at = (local: string): number => {
  const guess = Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`) / 1000;
  return guess - calendar.zone.offsetAt(guess - 7200);
};
const range = (from: string, to: string): Range => ({ from: at(from), to: at(to) });
const HOUR = 3600;

describe("workingDays", () => {
  it.each([
    ["a week", "2026-11-16", "2026-11-23", [7, 6, 5]],
    ["November", "2026-11-01", "2026-12-01", [30, 25, 21]],
    ["a Saturday", "2026-11-21", "2026-11-22", [1, 1, 0]],
    ["a Sunday", "2026-11-22", "2026-11-23", [1, 0, 0]],
    ["a Friday", "2026-11-20", "2026-11-21", [1, 1, 1]],
    ["from Friday noon to Monday noon", "2026-11-20T12:00", "2026-11-23T12:00", [3, 2, 1]],
    ["a Sunday of 23 hours", "2026-03-29", "2026-03-30", [1, 0, 0]],
    ["a Saturday afternoon", "2026-11-21T12:00", "2026-11-21T18:00", [0.25, 0.25, 0]],
  ] as const)("workingDays_%s, with 0, 1 and 2 free days, are exact (L25)", (_, from, to, expected) => {
    const days = ([0, 1, 2] as const).map((free) => workingDays(range(from, to), free, calendar));
    expect(days).toEqual(expected);
  });
});

describe("targetFor", () => {
  it("targetFor_the days of 20 years_looks at each once", () => {
    let asked = 0;
    const offsetAt = (time: number): number => {
      asked += 1;
      return calendar.zone.offsetAt(time);
    };
    const counted: Calendar = { ...calendar, zone: { name: calendar.zone.name, offsetAt } };
    const years = range("2006-01-01", "2026-01-01");
    workingDays(years, 2, counted);
    const once = asked;
    asked = 0;
    expect(targetFor({ day: 8 }, years, 2, counted)?.periods).toBe(5218);
    // The edges are looked at once more.
    expect(asked).toBeLessThan(once + 20);
    expect(once).toBeLessThan(7305 * 6);
  });

  it("no target_is none", () => {
    expect(targetFor({}, range("2026-11-16", "2026-11-23"), 2, calendar)).toBeNull();
  });

  it.each<[string, Parameters<typeof targetFor>[0], string, string, FreeDays, number]>([
    ["30 h a week, that week", { week: 30 }, "2026-11-16", "2026-11-23", 0, 30 * HOUR],
    ["30 h a week, November", { week: 30 }, "2026-11-01", "2026-12-01", 0, Math.round((30 * 30 * HOUR) / 7)],
    ["40 h a week, a working day", { week: 40 }, "2026-11-18", "2026-11-19", 2, 8 * HOUR],
    ["40 h a week, its working days", { week: 40 }, "2026-11-16", "2026-11-21", 2, 40 * HOUR],
    ["40 h a week, a free day", { week: 40 }, "2026-11-21", "2026-11-22", 2, 0],
    ["40 h a week, half a working day", { week: 40 }, "2026-11-18T12:00", "2026-11-19", 2, 4 * HOUR],
    ["35 h a week, its Sunday of 23 hours", { week: 35 }, "2026-03-29", "2026-03-30", 0, 5 * HOUR],
    ["35 h a week, its Saturday of 24 hours", { week: 35 }, "2026-03-28", "2026-03-29", 0, 5 * HOUR],
    ["35 h a week, its Sunday of 25 hours", { week: 35 }, "2026-10-25", "2026-10-26", 0, 5 * HOUR],
    ["8 h a day, a week with free days", { day: 8 }, "2026-11-16", "2026-11-23", 2, 40 * HOUR],
    ["8 h a day, a Saturday that is free", { day: 8 }, "2026-11-21", "2026-11-22", 2, 0],
    ["8 h a day, the day of 23 hours", { day: 8 }, "2026-03-29", "2026-03-30", 0, 8 * HOUR],
    [
      "110 h a month, a day of a month with 22 of work",
      { month: 110 },
      "2026-06-01",
      "2026-06-02",
      2,
      5 * HOUR,
    ],
    ["100 h a month, February", { month: 100 }, "2026-02-01", "2026-03-01", 2, 100 * HOUR],
    ["100 h a month, March", { month: 100 }, "2026-03-01", "2026-04-01", 2, 100 * HOUR],
    ["100 h a month, a quarter", { month: 100 }, "2026-01-01", "2026-04-01", 1, 300 * HOUR],
    ["365 h a year, a day", { year: 365 }, "2026-07-01", "2026-07-02", 0, HOUR],
    ["366 h a year, a day of a leap year", { year: 366 }, "2028-07-01", "2028-07-02", 0, HOUR],
    ["1000 h a year, two years", { year: 1000 }, "2027-01-01", "2029-01-01", 2, 2000 * HOUR],
  ])("targetFor_%s_is exact (L25)", (_, targets, from, to, free, seconds) => {
    expect(targetFor(targets, range(from, to), free, calendar)?.seconds).toBe(seconds);
  });

  const all = { day: 1, week: 10, month: 100, year: 1000 };
  it.each([
    ["an hour", "2026-11-18T10:00", "2026-11-18T11:00", "day", false],
    ["a day", "2026-11-18", "2026-11-19", "day", true],
    ["a week", "2026-11-16", "2026-11-23", "week", true],
    ["seven days that are no week", "2026-11-18", "2026-11-25", "week", false],
    ["six days of a week", "2026-11-16", "2026-11-22", "day", true],
    ["a month but for two days", "2026-12-01", "2026-12-30", "month", false],
    ["a month", "2026-02-01", "2026-03-01", "month", true],
    ["a quarter", "2026-01-01", "2026-04-01", "month", true],
    ["a year", "2026-01-01", "2027-01-01", "year", true],
  ] as const)("targetFor_%s_is measured by the longest period with room", (_, from, to, period, isWhole) => {
    expect(targetFor(all, range(from, to), 0, calendar)).toMatchObject({ period, isWhole });
  });

  it("targetFor_a range of several parts_asks as much as its parts", () => {
    const moment = fc.integer({ min: at("2026-01-01"), max: at("2027-12-31") });
    const cuts = fc.tuple(moment, moment, moment).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        cuts,
        fc.constantFrom(...PERIODS),
        fc.constantFrom<FreeDays[]>(0, 1, 2),
        ([a, b, c], period, free) => {
          const seconds = (from: number, to: number): number =>
            targetFor({ [period]: 100 }, { from, to }, free, calendar)?.seconds ?? Number.NaN;
          expect(Math.abs(seconds(a, b) + seconds(b, c) - seconds(a, c))).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("targetFor_any whole week, month or year_asks for its target", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at("2015-01-01"), max: at("2035-12-31") }),
        fc.constantFrom<Exclude<Unit, "second" | "minute" | "hour" | "day">[]>("week", "month", "year"),
        fc.constantFrom<FreeDays[]>(0, 1, 2),
        (time, period, free) => {
          const step = { count: 1, unit: period };
          const whole = { from: floor(time, step, calendar), to: next(time, step, calendar) };
          expect(targetFor({ [period]: 12.5 }, whole, free, calendar)).toEqual({
            period,
            periods: 1,
            seconds: 45_000,
            isWhole: true,
          });
          const days = targetFor({ day: 8 }, whole, free, calendar);
          expect(days?.periods).toBeCloseTo(workingDays(whole, free, calendar), 6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("targetFor_in another zone_follows its days", () => {
    const apia: Calendar = { zone: namedZone("Pacific/Apia"), weekStart: 1 };
    const from = Date.parse("2011-12-26T10:00:00Z") / 1000;
    const week = { from, to: next(from, { count: 1, unit: "week" }, apia) };
    expect(workingDays(week, 0, apia)).toBe(6);
    const day = { from, to: add(from, { count: 1, unit: "day" }, apia) };
    expect(targetFor({ week: 30 }, day, 0, apia)?.seconds).toBe(5 * HOUR);
  });
});

describe("progressOf", () => {
  const target = { period: "week", seconds: 30 * HOUR, periods: 1, isWhole: true } as const;
  it("progressOf_a little_is left", () => {
    const progress = progressOf(target, 4560);
    expect(progress).toEqual({ percent: 4, left: 28 * HOUR + 44 * 60 });
  });
  it("progressOf_almost all_is not all", () => expect(progressOf(target, 30 * HOUR - 1).percent).toBe(99));
  it("progressOf_too much_is over", () => {
    expect(progressOf(target, 33 * HOUR)).toEqual({ percent: 110, left: -3 * HOUR });
  });
  it("progressOf_a free day_has no share (L25)", () => {
    expect(progressOf({ ...target, seconds: 0 }, HOUR)).toEqual({ percent: null, left: -HOUR });
  });
});
