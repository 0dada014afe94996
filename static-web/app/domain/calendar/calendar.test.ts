import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../../../tests/vectors/calendar.json";
import {
  add,
  type Calendar,
  ceil,
  floor,
  next,
  round,
  type Step,
  starts,
  type Unit,
  type WeekStart,
} from "./steps.ts";
import { today } from "./today.ts";
import { weekOf } from "./week.ts";
import { changeBetween, localZone, momentOf, namedZone, wallAt, type Zone } from "./zone.ts";

const ZONES = [
  "Europe/Amsterdam",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Pacific/Apia",
].map(namedZone);

/** A moment from `2026-03-29T14:37:42`, as clocks of the zone show it, or from the same with an offset. */
const at = (text: string, zone: Zone): number =>
  /[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) / 1000 : momentOf(Date.parse(`${text}Z`) / 1000, zone);

const shown = (time: number, zone: Zone): string => {
  const offset = zone.offsetAt(time);
  const sign = offset < 0 ? "-" : "+";
  const clock = new Date(Math.abs(offset) * 1000).toISOString().slice(11, 16);
  return `${new Date(wallAt(time, zone) * 1000).toISOString().slice(0, 19)}${sign}${clock}`;
};

type Vector = { at: string; floor?: string; round?: string; next?: string; add?: string; subtract?: string };
function check(vector: Vector, { count, unit }: { count: number; unit: string }, calendar: Calendar): void {
  const { zone } = calendar;
  const step: Step = { count, unit: unit as Unit };
  const time = at(vector.at, zone);
  const results = {
    floor: floor(time, step, calendar),
    round: round(time, step, calendar),
    next: next(time, step, calendar),
    add: add(time, step, calendar),
    subtract: add(time, { ...step, count: -count }, calendar),
  };
  for (const operation of ["floor", "round", "next", "add", "subtract"] as const) {
    const expected = vector[operation];
    if (expected !== undefined)
      expect(`${operation} ${shown(results[operation], zone)}`).toBe(
        `${operation} ${shown(at(expected, zone), zone)}`,
      );
  }
}

describe("steps", () => {
  for (const zone of vectors.zones.map(namedZone)) {
    it.each(vectors.steps)(`$step.count $step.unit from $at in ${zone.name}`, (vector) => {
      check(vector, vector.step, { zone, weekStart: 1 });
    });
  }

  it.each(vectors.changes)("$name ($zone, $step.count $step.unit from $at)", (vector) => {
    check(vector, vector.step, { zone: namedZone(vector.zone), weekStart: 1 });
  });

  it.each([
    [0, "2026-11-15"],
    [1, "2026-11-16"],
    [6, "2026-11-21"],
  ] as const)("floor_week that begins on day %d_is that day", (weekStart, date) => {
    const calendar = { zone: namedZone("Europe/Amsterdam"), weekStart };
    const time = at("2026-11-21T12:00:00", calendar.zone);
    expect(shown(floor(time, { count: 1, unit: "week" }, calendar), calendar.zone)).toMatch(date);
  });

  it("floor_seven weeks_is this week's first day", () => {
    const calendar: Calendar = { zone: namedZone("Europe/Amsterdam"), weekStart: 1 };
    const time = at("2026-11-22T11:12:00", calendar.zone);
    expect(shown(floor(time, { count: 7, unit: "week" }, calendar), calendar.zone)).toMatch(
      "2026-11-16T00:00",
    );
  });

  it("ceil_a beginning_stays, and what follows it goes to the next", () => {
    const calendar: Calendar = { zone: namedZone("Europe/Amsterdam"), weekStart: 1 };
    const midnight = at("2026-03-29T00:00:00", calendar.zone);
    const day: Step = { count: 1, unit: "day" };
    expect(ceil(midnight, day, calendar)).toBe(midnight);
    expect(ceil(midnight + 1, day, calendar)).toBe(midnight + 23 * 3600);
  });

  it("starts_the day of 25 hours_has as many hours, none twice", () => {
    const calendar: Calendar = { zone: namedZone("Europe/Amsterdam"), weekStart: 1 };
    const midnight = at("2026-10-25T00:00:00", calendar.zone);
    const hours = [...starts(midnight, midnight + 25 * 3600, { count: 1, unit: "hour" }, calendar)];
    expect(hours).toEqual(Array.from({ length: 25 }, (_, i) => midnight + i * 3600));
  });

  it.each([localZone, namedZone("Europe/Amsterdam")])(
    "floor and next_a time that a date cannot hold_throw in $name, and do not go on for ever",
    (zone) => {
      const calendar: Calendar = { zone, weekStart: 1 };
      for (const time of [Number.NaN, Infinity, 1e13, -1e13, 2 ** 63]) {
        for (const unit of ["second", "minute", "hour", "day", "week", "month", "year"] as const) {
          expect(() => floor(time, { count: 1, unit }, calendar)).toThrow(RangeError);
          expect(() => next(time, { count: 1, unit }, calendar)).toThrow(RangeError);
        }
      }
    },
  );

  it("floor_antiquity_throws where it cannot be asked for", () => {
    const calendar: Calendar = { zone: namedZone("Europe/Amsterdam"), weekStart: 1 };
    expect(() => floor(-1e11, { count: 1, unit: "hour" }, calendar)).toThrow(RangeError);
  });

  const COUNTS: Readonly<Record<Unit, readonly number[]>> = {
    second: [1, 10],
    minute: [1, 5, 10, 30],
    hour: [1, 2, 3, 6, 12],
    day: [1, 2, 4, 5, 8],
    week: [1],
    month: [1, 3],
    year: [1, 5],
  };
  const steps: fc.Arbitrary<Step> = fc.constantFrom(
    ...Object.entries(COUNTS).flatMap(([unit, counts]) =>
      counts.map((count) => ({ count, unit: unit as Unit })),
    ),
  );

  const times = fc.integer({ min: 0, max: 2 ** 31 });
  /** Moments around those at which clocks change, found by looking every few days. */
  const nearChanges = (zone: Zone): fc.Arbitrary<number> => {
    const [changes, stride]: [number[], number] = [[], 20 * 86_400];
    for (let time = 0; time < 2 ** 31; time += stride) {
      if (zone.offsetAt(time) !== zone.offsetAt(time + stride))
        changes.push(changeBetween(time, time + stride, zone));
    }
    const near = fc.integer({ min: -4 * 3600, max: 4 * 3600 });
    return fc.tuple(fc.constantFrom(...changes), near).map(([change, distance]) => change + distance);
  };
  const weekStarts = fc.constantFrom<WeekStart[]>(0, 1, 6);

  it.each(ZONES)("floor and next_any moment in $name enclose it, and nothing begins between them", (zone) => {
    fc.assert(
      fc.property(fc.oneof(times, nearChanges(zone)), steps, weekStarts, (time, step, weekStart) => {
        const calendar = { zone, weekStart };
        const [before, after] = [floor(time, step, calendar), next(time, step, calendar)];
        expect(before).toBeLessThanOrEqual(time);
        expect(after).toBeGreaterThan(time);
        expect(floor(before, step, calendar)).toBe(before);
        expect(floor(after, step, calendar)).toBe(after);
        expect(floor(after - 1, step, calendar)).toBe(before);
        expect(next(before, step, calendar)).toBe(after);
        expect(round(before, step, calendar)).toBe(before);
        // A last step that is cut short by the month's end can be passed over.
        expect([before, after, next(after, step, calendar)]).toContain(round(time, step, calendar));
      }),
      { numRuns: 400 },
    );
  });

  it.each(ZONES)(
    "floor_any moment in $name is where clocks show a beginning, or where they changed",
    (zone) => {
      fc.assert(
        fc.property(fc.oneof(times, nearChanges(zone)), fc.constantFrom(5, 30, 60), (time, minutes) => {
          const start = floor(time, { count: minutes, unit: "minute" }, { zone, weekStart: 1 });
          const isChange = zone.offsetAt(start - 1) !== zone.offsetAt(start);
          expect(isChange || wallAt(start, zone) % (minutes * 60) === 0).toBe(true);
          expect(isChange || time - start < minutes * 60 + 1800).toBe(true);
        }),
        { numRuns: 400 },
      );
    },
  );

  it.each(ZONES)(
    "add_a day in $name never stands still and keeps the time of day that clocks show",
    (zone) => {
      fc.assert(
        fc.property(fc.oneof(times, nearChanges(zone)), fc.integer({ min: 1, max: 40 }), (time, count) => {
          const calendar: Calendar = { zone, weekStart: 1 };
          for (const days of [count, -count]) {
            const moved = add(time, { count: days, unit: "day" }, calendar);
            expect(Math.sign(moved - time)).toBe(Math.sign(days));
            const drift = wallAt(moved, zone) - wallAt(time, zone) - days * 86_400;
            expect(Math.abs(drift)).toBeLessThanOrEqual(zone.name === "Pacific/Apia" ? 86_400 : 3600);
            if (drift !== 0)
              expect(wallAt(momentOf(wallAt(time, zone) + days * 86_400, zone), zone)).not.toBe(
                wallAt(time, zone) + days * 86_400,
              );
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe("zones", () => {
  it("localZone_here_agrees with the named zone of the same name", () => {
    expect(localZone.name).toBe("Europe/Amsterdam");
    const named = namedZone(localZone.name);
    fc.assert(
      fc.property(fc.integer({ min: 3e8, max: 2 ** 31 }), (time) => {
        expect(localZone.offsetAt(time)).toBe(named.offsetAt(time));
      }),
    );
  });
  it("namedZone_no such zone_throws", () => expect(() => namedZone("Europe/Nowhere")).toThrow(RangeError));
  it("namedZone_around a change_is exact to the second", () => {
    const zone = namedZone("Europe/Amsterdam");
    const change = Date.parse("2026-03-29T01:00:00Z") / 1000;
    expect([change - 1, change].map((time) => zone.offsetAt(time))).toEqual([3600, 7200]);
  });
  it("momentOf_a time shown twice_is the first, or that with the given offset (L43)", () => {
    const zone = namedZone("Europe/Amsterdam");
    const wall = Date.parse("2026-10-25T02:30:00Z") / 1000;
    expect(momentOf(wall, zone)).toBe(wall - 7200);
    expect(momentOf(wall, zone, { offset: 3600 })).toBe(wall - 3600);
    expect(momentOf(wall, zone, { offset: 0 })).toBe(wall - 7200);
  });
  it("momentOf_a time left out_moves forward, back or to the change", () => {
    const zone = namedZone("Europe/Amsterdam");
    const wall = Date.parse("2026-03-29T02:20:00Z") / 1000;
    expect(shown(momentOf(wall, zone), zone)).toBe("2026-03-29T03:20:00+02:00");
    expect(shown(momentOf(wall, zone, { gap: "back" }), zone)).toBe("2026-03-29T01:20:00+01:00");
    expect(shown(momentOf(wall, zone, { gap: "change" }), zone)).toBe("2026-03-29T03:00:00+02:00");
  });
});

describe("weeks", () => {
  const zone = namedZone("Europe/Amsterdam");
  it.each(vectors.weeks)("$date, weeks beginning on day $weekStart, is $year week $week (L42)", (vector) => {
    const calendar = { zone, weekStart: vector.weekStart as WeekStart };
    const expected = { year: vector.year, week: vector.week };
    for (const time of ["00:00:00", "23:59:59"]) {
      expect(weekOf(at(`${vector.date}T${time}`, zone), calendar)).toEqual(expected);
    }
  });

  it("weekOf_the next week_is one more or the first of the next year, whatever the first day (L42)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.constantFrom<WeekStart[]>(0, 1, 6),
        (time, weekStart) => {
          const calendar = { zone, weekStart };
          const week = weekOf(time, calendar);
          const following = weekOf(next(time, { count: 1, unit: "week" }, calendar), calendar);
          expect(following).toEqual(
            following.year === week.year
              ? { year: week.year, week: week.week + 1 }
              : { year: week.year + 1, week: 1 },
          );
          expect(weekOf(floor(time, { count: 1, unit: "week" }, calendar), calendar)).toEqual(week);
          if (following.week === 1) expect([52, 53]).toContain(week.week);
        },
      ),
    );
  });
});

describe("today", () => {
  const zone = namedZone("Europe/Amsterdam");
  it.each(vectors.today)("$now, beginning at $startHour h and cut by $cutHours h", (vector) => {
    const range = today(at(vector.now, zone), vector, zone);
    expect([shown(range.from, zone), shown(range.to, zone)]).toEqual(
      [vector.from, vector.to].map((text) => shown(at(text, zone), zone)),
    );
  });

  it.each(ZONES)("today_any moment in $name lies in it, and it is a calendar's day long", (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: -3, max: 9 }), (now, startHour) => {
        const { from, to } = today(now, { startHour, cutHours: 0 }, zone);
        expect(from <= now && now < to).toBe(true);
        // A day on the clock; where it begins in a gap, the gap is no part of it.
        const leftOut = (time: number): number => Math.max(0, zone.offsetAt(time) - zone.offsetAt(time - 1));
        const length = wallAt(to, zone) - wallAt(from, zone);
        expect(length).toBeGreaterThanOrEqual(86_400 - leftOut(from));
        expect(length).toBeLessThanOrEqual(86_400 + leftOut(to));
      }),
    );
  });
});
