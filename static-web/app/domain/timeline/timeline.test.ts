import { describe, expect, it } from "vitest";
import type { Calendar } from "../calendar/steps.ts";
import { namedZone } from "../calendar/zone.ts";
import type { Range } from "../day.ts";
import { scaleOf, snapped, turned, zoomed, zoomedAt } from "./scales.ts";
import { tickSteps, ticksOf } from "./ticks.ts";

const zone = namedZone("Europe/Amsterdam");
const calendar: Calendar = { zone, weekStart: 1 };

/** A moment on clocks in Amsterdam: `2026-11-22` or `2026-11-22 11:12`. */
function at(text: string): number {
  const [date = "", clock = "00:00"] = text.split(" ");
  const wall = Date.parse(`${date}T${clock}:00Z`) / 1000;
  return wall - zone.offsetAt(wall - zone.offsetAt(wall));
}

const range = (from: string, to: string): Range => ({ from: at(from), to: at(to) });
const NOW = at("2026-11-22 11:12");
const TODAY = range("2026-11-22", "2026-11-23");

describe("zoomed", () => {
  it.each([
    [
      "out",
      1,
      [
        ["2026-11-16", "2026-11-23"],
        ["2026-11-01", "2026-12-01"],
        ["2026-11-16", "2027-01-04"],
        ["2026-10-01", "2027-01-01"],
        ["2026-01-01", "2027-01-01"],
        ["2026-01-01", "2028-01-01"],
        ["2025-01-01", "2030-01-01"],
        ["2020-01-01", "2030-01-01"],
        ["2020-01-01", "2040-01-01"],
        ["2020-01-01", "2040-01-01"],
      ],
    ],
    [
      "in",
      -1,
      [
        ["2026-11-22 00:00", "2026-11-22 12:00"],
        ["2026-11-22 06:00", "2026-11-22 12:00"],
        ["2026-11-22 09:00", "2026-11-22 12:00"],
        ["2026-11-22 11:00", "2026-11-22 12:00"],
        ["2026-11-22 11:00", "2026-11-22 11:20"],
        ["2026-11-22 11:10", "2026-11-22 11:15"],
        ["2026-11-22 11:10", "2026-11-22 11:15"],
      ],
    ],
  ] as const)("zoomed_%s from today_walks through the calendar and stays at its end", (_, by, walk) => {
    let current = TODAY;
    for (const [from, to] of walk) {
      current = zoomed(current, by, NOW, calendar);
      expect(current).toEqual(range(from, to));
    }
  });

  it("zoomed_now is not to be seen_keeps the middle", () => {
    const day = range("2026-03-10", "2026-03-11");
    expect(zoomed(day, 1, NOW, calendar)).toEqual(range("2026-03-09", "2026-03-16"));
    expect(zoomed(day, -1, NOW, calendar)).toEqual(range("2026-03-10 12:00", "2026-03-11"));
  });

  it("zoomedAt_pointer in the middle of a day_is a week around it", () => {
    const week = range("2026-11-19", "2026-11-26");
    expect(zoomedAt(TODAY, 1, at("2026-11-22 12:00"), calendar)).toEqual(week);
  });

  it("zoomedAt_pointer at the top_leaves that moment there", () => {
    const week = zoomedAt(TODAY, 1, TODAY.from, calendar);
    expect(week).toEqual(range("2026-11-22", "2026-11-29"));
  });
});

describe("turned", () => {
  it("turned_five minutes back_are the five before", () =>
    expect(turned(range("2026-11-22 11:10", "2026-11-22 11:15"), -1, calendar)).toEqual(
      range("2026-11-22 11:05", "2026-11-22 11:10"),
    ));

  it.each([
    ["2026-10-24", "2026-10-25", "2026-10-25", "2026-10-26"], // 25 hours
    ["2026-11-16", "2026-11-23", "2026-11-23", "2026-11-30"],
    ["2026-01-01", "2026-02-01", "2026-02-01", "2026-03-01"],
    ["2026-10-01", "2027-01-01", "2027-01-01", "2027-04-01"],
    ["2025-01-01", "2030-01-01", "2026-01-01", "2031-01-01"], // long ranges by a year
  ])("turned_from %s to %s_is from %s to %s, and back", (from, to, nextFrom, nextTo) => {
    const there = turned(range(from, to), 1, calendar);
    expect(there).toEqual(range(nextFrom, nextTo));
    expect(turned(there, -1, calendar)).toEqual(range(from, to));
  });
});

describe("snapped", () => {
  it("snapped_day dragged by 66 of 745 px, and by as much again_begins at a whole hour", () => {
    const by = ((2 * 66) / 745) * 86_400;
    expect(snapped({ from: TODAY.from + by, to: TODAY.to + by }, calendar)).toEqual(
      range("2026-11-22 04:00", "2026-11-23 04:00"),
    );
  });

  it.each([
    ["2026-03-29", "2026-03-30"],
    ["2026-10-25", "2026-10-26"],
    ["2026-03-23", "2026-03-30"],
    ["2026-10-01", "2026-11-01"],
  ])("snapped_calendar block from %s to %s, in which clocks change_stays", (from, to) => {
    expect(snapped(range(from, to), calendar)).toEqual(range(from, to));
  });

  it("snapped_any range_is one that stays", () => {
    for (let i = 1; i < 400; i++) {
      const from = at("2026-01-01") + i * 98_765;
      const once = snapped({ from, to: from + 60 * 1.05 ** i }, calendar);
      expect(snapped(once, calendar)).toEqual(once);
      expect(scaleOf(once).limit).toBeGreaterThan(once.to - once.from);
    }
  });
});

describe("ticks at a height of 745 px from 1 June 2026", () => {
  const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
  const from = at("2026-06-01");

  it.each([
    [5 * MINUTE, 6, 1, "minute"],
    [20 * MINUTE, 11, 2, "minute"],
    [HOUR, 13, 5, "minute"],
    [3 * HOUR, 7, 30, "minute"],
    [6 * HOUR, 13, 30, "minute"],
    [12 * HOUR, 13, 1, "hour"],
    [24 * HOUR, 13, 2, "hour"],
    [2 * DAY, 9, 6, "hour"],
    [7 * DAY, 8, 1, "day"],
    [30 * DAY, 9, 4, "day"],
    [49 * DAY, 8, 1, "week"],
    [91 * DAY, 12, 8, "day"],
    [365 * DAY, 13, 1, "month"],
    [2 * 365.25 * DAY, 8, 3, "month"],
    [5 * 365.25 * DAY, 5, 1, "year"],
    [10 * 365.25 * DAY, 10, 1, "year"],
    [20 * 365.25 * DAY, 20, 1, "year"],
  ] as const)("ticksOf_%d s_has %d texts, every %d %s", (length, texts, count, unit) => {
    const shown = { from, to: from + length };
    const { major, majors, minors } = ticksOf(shown, 745, calendar);
    expect(major).toEqual({ count, unit });
    expect(majors.filter((tick) => tick >= from)).toHaveLength(texts);
    expect(minors.length).toBeGreaterThanOrEqual(majors.length - 1);
    expect(minors.length).toBeLessThanOrEqual(99);
  });

  it("ticksOf_30 days_begin anew with the month", () => {
    const days = ticksOf({ from, to: from + 30 * DAY }, 745, calendar).majors;
    expect(days.slice(-3)).toEqual(["2026-06-25", "2026-06-29", "2026-07-01"].map(at));
  });

  it("ticksOf_day with an hour that clocks show twice_has a tick for each, and one for none that they leave out", () => {
    const hours = ({ from, to }: Range): number =>
      ticksOf({ from, to }, 3000, calendar).majors.filter((tick) => tick >= from && tick < to).length;
    const ordinary = hours(TODAY);
    expect(hours(range("2026-10-25", "2026-10-26")) - ordinary).toBe(ordinary / 24);
    expect(ordinary - hours(range("2026-03-29", "2026-03-30"))).toBe(ordinary / 24);
  });

  it("tickSteps_room needed grows towards the next_finer ticks change first", () => {
    const hour = (height: number) => tickSteps({ from, to: from + HOUR }, height);
    expect(hour(745)).toEqual({
      major: { count: 5, unit: "minute" },
      minor: { count: 1, unit: "minute" },
      text: "clock",
    });
    // 2·√h px are 280 s there: more than 87.5 % of five minutes, so the finer ticks are those of ten.
    const nearly = hour(661);
    expect([nearly.major, nearly.minor]).toEqual([
      { count: 5, unit: "minute" },
      { count: 1, unit: "minute" },
    ]);
    const nearlyHalf = hour(165);
    expect(nearlyHalf.major).toEqual({ count: 10, unit: "minute" });
    expect(nearlyHalf.minor).toEqual({ count: 5, unit: "minute" });
  });
});
