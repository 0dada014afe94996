import { describe, expect, it } from "vitest";
import { parseDate } from "./calendar/moment.ts";
import { namedZone } from "./calendar/zone.ts";
import {
  formOf,
  newForm,
  type RecordForm,
  withStartDate,
  withStartTime,
  withStopDate,
  withStopTime,
} from "./recordForm.ts";
import { odditiesOf, otherShowing } from "./recordOddity.ts";
import { parseTimeOfDay } from "./timeInput.ts";

const zone = namedZone("Europe/Berlin");
const HOUR = 3600;

/** A moment by what clocks in Berlin show, in winter unless an offset is given. */
const at = (local: string, offset = "+01:00"): number => Date.parse(`${local}:00${offset}`) / 1000;
const NOW = at("2026-11-18T14:00");

const over = (t1: number, t2: number): RecordForm => formOf({ key: "k", mt: 5, st: 6, t1, t2, ds: "x" });
const done = (from: string, to: string): RecordForm => over(at(from), at(to));
const clock = (text: string) => parseTimeOfDay(text) ?? { hours: NaN, minutes: NaN, seconds: NaN };
const date = (text: string) => parseDate(text, "ymd") ?? { year: NaN, month: NaN, day: NaN };

describe("clocks that change", () => {
  const SPRING = date("2026-03-29");

  const moved = (form: RecordForm, to: string): RecordForm =>
    withStartDate(form, date(to), NOW, zone) ?? form;
  const kinds = (form: RecordForm) =>
    odditiesOf(form, NOW, zone).map(({ end, kind, wall }) => [end, kind, (wall / HOUR) % 24]);

  it("withStartDate_where clocks leave the start out_takes it later, says so, and has it back elsewhere", () => {
    const gap = moved(done("2026-03-28T02:30", "2026-03-28T04:00"), "2026-03-29");
    expect(gap).toMatchObject({ t1: at("2026-03-29T03:30", "+02:00"), t2: at("2026-03-29T04:00", "+02:00") });
    expect(kinds(gap)).toEqual([["start", "missing", 2.5]]);
    for (const to of ["2026-03-29", "2026-03-28"]) {
      const back = moved(moved(gap, to), "2026-03-28");
      expect(back).toMatchObject({ t1: at("2026-03-28T02:30"), t2: at("2026-03-28T04:00") });
      expect(kinds(back)).toEqual([]);
    }
  });

  it("withStartDate_where clocks show the start twice_says so", () => {
    const form = moved(done("2026-03-28T02:30", "2026-03-28T04:00"), "2026-10-25");
    expect(form).toMatchObject({ t1: at("2026-10-25T02:30"), t2: at("2026-10-25T04:00") });
    expect(kinds(form)).toEqual([["start", "twice", 2.5]]);
  });

  it("withStartDate_where the end would be before the start_keeps the length, and has the end back elsewhere", () => {
    const gap = moved(done("2026-03-28T02:30", "2026-03-28T03:10"), "2026-03-29");
    expect(gap).toMatchObject({ t1: at("2026-03-29T03:30", "+02:00"), t2: at("2026-03-29T04:10", "+02:00") });
    expect(kinds(gap)).toEqual([["start", "missing", 2.5]]);
    expect(moved(gap, "2026-03-28")).toMatchObject({
      t1: at("2026-03-28T02:30"),
      t2: at("2026-03-28T03:10"),
    });
  });

  it("withStopDate_where clocks leave the stop out_takes it later, says so, and has it back elsewhere", () => {
    const form = done("2026-03-27T22:00", "2026-03-28T02:30");
    const gap = withStopDate(form, SPRING, zone) ?? form;
    expect(gap.t2).toBe(at("2026-03-29T03:30", "+02:00"));
    expect(kinds(gap)).toEqual([["stop", "missing", 2.5]]);
    expect(withStopDate(gap, date("2026-03-28"), zone)?.t2).toBe(at("2026-03-28T02:30"));
  });

  it.each(["2:30", "26:30"])("withStopTime_%s of the next day, which clocks leave out_says so", (text) => {
    const form = done("2026-03-28T22:00", "2026-03-28T23:00");
    const gap = withStopTime(form, clock(text), NOW, zone) ?? form;
    expect(gap.t2).toBe(at("2026-03-29T03:30", "+02:00"));
    expect(kinds(gap)).toEqual([["stop", "missing", 2.5]]);
  });

  it("withStopTime_that exists, after one at that moment that did not_is not odd", () => {
    const form = done("2026-03-29T00:00", "2026-03-29T01:00");
    const gap = withStopTime(form, clock("2:30"), NOW, zone) ?? form;
    expect(kinds(gap)).toEqual([["stop", "missing", 2.5]]);
    const there = withStopTime(gap, clock("3:30"), NOW, zone) ?? form;
    expect(there.t2).toBe(gap.t2);
    expect(kinds(there)).toEqual([]);
  });

  it("odditiesOf_both ends twice_has each that the other moment leaves possible", () => {
    const first = (time: string) => at(`2026-10-25T${time}`, "+02:00");
    const second = (time: string) => at(`2026-10-25T${time}`);
    const oddEnds = (t1: number, t2: number) => odditiesOf(over(t1, t2), NOW, zone).map(({ end }) => end);
    expect(oddEnds(first("02:10"), first("02:40"))).toEqual(["stop"]);
    expect(oddEnds(first("02:10"), second("02:40"))).toEqual(["start", "stop"]);
    expect(oddEnds(second("02:10"), second("02:40"))).toEqual(["start"]);
  });

  it("odditiesOf_what runs_offers no start in the future, and none for what starts now", () => {
    const t1 = at("2026-10-25T02:30", "+02:00");
    const form = over(t1, t1);
    expect(odditiesOf(form, t1 + 60, zone)).toEqual([]);
    expect(odditiesOf(form, t1 + HOUR, zone)).toMatchObject([{ end: "start", kind: "twice" }]);
    expect(odditiesOf(newForm(t1), t1 + HOUR, zone)).toEqual([]);
  });

  it("withStartTime_that does not exist_is as much later", () => {
    const form = over(at("2026-03-29T01:00"), at("2026-03-29T05:00", "+02:00"));
    expect(withStartTime(form, clock("2:30"), NOW, zone)?.t1).toBe(at("2026-03-29T03:30", "+02:00"));
  });

  it("withStartTime_that exists twice_stays in the hour in which it was (L43)", () => {
    const first = at("2026-10-25T02:10", "+02:00");
    const second = at("2026-10-25T02:10");
    for (const t1 of [first, second]) {
      const form = over(t1, at("2026-10-25T05:00"));
      expect(withStartTime(form, clock("2:40"), NOW, zone)?.t1).toBe(t1 + 30 * 60);
    }
    expect(otherShowing(first, zone)).toBe(second);
    expect(otherShowing(second, zone)).toBe(first);
    expect(otherShowing(NOW, zone)).toBe(NOW);
  });
});
