import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namedZone } from "./calendar/zone.ts";
import { isRunning, type TimeRecord } from "./record.ts";
import {
  choiceOf,
  choicesOf,
  choose,
  formOf,
  modeOf,
  newForm,
  type RecordForm,
  recordOf,
  type Surroundings,
  stepped,
  warningsOf,
  withDuration,
  withStart,
  withStartDate,
  withStartTime,
  withStop,
  withStopDate,
  withStopTime,
} from "./recordForm.ts";
import { hidden } from "./recordRules.ts";
import { parseTimeOfDay } from "./timeInput.ts";

const zone = namedZone("Europe/Amsterdam");
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A moment by what clocks in Amsterdam show, in winter unless an offset is given. */
const at = (local: string, offset = "+01:00"): number => Date.parse(`${local}:00${offset}`) / 1000;
const NOW = at("2026-11-18T14:00");

const record = (fields: Partial<TimeRecord> = {}): TimeRecord => ({
  key: "k",
  mt: 5,
  st: 6,
  t1: at("2026-11-18T09:00"),
  t2: at("2026-11-18T10:00"),
  ds: "x",
  ...fields,
});
const done = (from: string, to: string): RecordForm => formOf(record({ t1: at(from), t2: at(to) }));
const runs = (from: string): RecordForm => formOf(record({ t1: at(from), t2: at(from) }));
const around = (fields: Partial<Surroundings> = {}): Surroundings => ({
  now: NOW,
  lastStop: null,
  runningSince: null,
  ...fields,
});
const clock = (text: string) => parseTimeOfDay(text) ?? { hours: NaN, minutes: NaN, seconds: NaN };
const date = (text: string) => {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return { year, month, day };
};

describe("modes and choices", () => {
  it.each([
    ["a new one", newForm(NOW), "start", "now", ["now", "earlier", "done"]],
    ["a new one that began", { ...newForm(NOW), startsNow: false }, "start", "earlier", undefined],
    ["a new one that is over", { ...newForm(NOW), t2: NOW + 1 }, "new", "done", undefined],
    ["one that is over", done("2026-11-18T09:00", "2026-11-18T10:00"), "edit", null, []],
    ["one that runs", runs("2026-11-18T09:00"), "edit", "running", ["running", "stopped"]],
    ["one that ran", { ...runs("2026-11-18T09:00"), t2: NOW }, "stop", "stopped", undefined],
  ] as const)("modeOf_%s_follows from what it was and is", (_, form, mode, choice, choices) => {
    expect(modeOf(form)).toBe(mode);
    expect(choiceOf(form)).toBe(choice);
    if (choices !== undefined) expect(choicesOf(form)).toEqual(choices);
  });

  it("choose_now_starts at the moment of the choice", () => {
    const later = choose(choose(newForm(NOW - 60), "done", around()), "now", around());
    expect(later).toMatchObject({ t1: NOW, t2: null, startsNow: true });
  });

  it.each([
    ["nothing is known", around(), NOW - HOUR],
    ["something ended today", around({ lastStop: NOW - 1234 }), NOW - 1234],
    ["something ended long ago", around({ lastStop: NOW - 9 * HOUR }), NOW - HOUR],
    ["something ends only now", around({ lastStop: NOW }), NOW - HOUR],
    ["something runs", around({ runningSince: NOW - 3600, lastStop: NOW - 1234 }), NOW - 300],
  ])("choose_earlier where %s_proposes a likely start", (_, surroundings, t1) => {
    expect(choose(newForm(NOW), "earlier", surroundings)).toMatchObject({ t1, t2: null, startsNow: false });
    expect(choose(newForm(NOW), "done", surroundings)).toMatchObject({ t1, t2: NOW });
  });

  it("choose_earlier while something has run for a moment_does not propose to leave that with a second", () => {
    expect(choose(newForm(NOW), "earlier", around({ runningSince: NOW - 180 }))).toMatchObject({ t1: NOW });
  });

  it("choose_earlier with a start in the past_keeps it", () => {
    const form = { ...newForm(NOW), t1: NOW - 300, startsNow: false };
    expect(choose(form, "done", around({ lastStop: NOW - 50 }))).toMatchObject({ t1: NOW - 300, t2: NOW });
  });

  it("choose_stopped_keeps the start, ends now, and lasts a second at least (L11)", () => {
    const form = runs("2026-11-18T11:00");
    expect(choose(form, "stopped", around())).toMatchObject({ t1: at("2026-11-18T11:00"), t2: NOW });
    const young = formOf(record({ t1: NOW, t2: NOW }));
    expect(choose(young, "stopped", around())).toMatchObject({ t1: NOW, t2: NOW + 1 });
  });

  it("choose_running after stopped_runs on from its start", () => {
    const form = runs("2026-11-18T11:00");
    expect(choose(choose(form, "stopped", around()), "running", around())).toEqual(form);
  });
});

describe("formOf", () => {
  it("formOf_times in the wrong order_swaps them (L02)", () => {
    expect(formOf(record({ t1: 200, t2: 100 }))).toMatchObject({ t1: 100, t2: 200 });
  });
});

describe("start", () => {
  it("withStart_not before the end_is refused", () => {
    const form = done("2026-11-18T09:00", "2026-11-18T10:00");
    expect(withStart(form, at("2026-11-18T10:00"), NOW)).toBeNull();
    expect(withStart(form, at("2026-11-18T10:00") - 1, NOW)).toMatchObject({ t2: form.t2 });
    expect(withStartTime(form, clock("10:05"), NOW, zone)).toBeNull();
    expect(withStartTime(form, clock("9:55"), NOW, zone)?.t1).toBe(at("2026-11-18T09:55"));
  });

  it("withStart_of what runs in the future_is now", () => {
    expect(withStart(runs("2026-11-18T09:00"), NOW + 500, NOW)?.t1).toBe(NOW);
  });

  it("withStart_before 1970_is 1970", () => expect(withStart(newForm(NOW), -5, NOW)?.t1).toBe(0));

  it("withStartTime_still to come of what runs_was yesterday's", () => {
    const form = withStartTime(runs("2026-11-18T09:00"), clock("23:30"), NOW, zone);
    expect(form?.t1).toBe(at("2026-11-17T23:30"));
  });

  it("withStartTime_still to come of what runs on the day before, too_is refused", () => {
    expect(withStartTime(runs("2026-11-18T09:00"), clock("49:00"), NOW, zone)).toBeNull();
  });

  it("withStartDate_on which what runs would begin in the future_is refused", () => {
    const form = runs("2026-11-18T09:15");
    expect(withStartDate(form, date("2026-11-19"), NOW, zone)).toBeNull();
    expect(withStartDate(form, date("2026-11-16"), NOW, zone)?.t1).toBe(at("2026-11-16T09:15"));
    expect(withStartDate(runs("2026-11-17T23:30"), date("2026-11-18"), NOW, zone)).toBeNull();
  });

  it("withStartDate_before 1970 by where the zone is_is 1970", () => {
    const form = withStartDate(done("2026-11-10T00:30", "2026-11-10T10:00"), date("1970-01-01"), NOW, zone);
    expect(form).toMatchObject({ t1: 0, t2: 9 * HOUR });
  });

  it("withStartTime_of what is over_is on its date", () => {
    const form = withStartTime(done("2026-11-10T09:00", "2026-11-10T10:00"), clock("8:15"), NOW, zone);
    expect(form).toMatchObject({ t1: at("2026-11-10T08:15"), t2: at("2026-11-10T10:00") });
  });

  it("withStartDate_moves both ends by days, past midnight, too", () => {
    const form = withStartDate(done("2026-11-10T23:00", "2026-11-11T01:30"), date("2026-11-16"), NOW, zone);
    expect(form).toMatchObject({ t1: at("2026-11-16T23:00"), t2: at("2026-11-17T01:30") });
  });

  it("withStartDate_into summer time_keeps what clocks show", () => {
    const form = withStartDate(done("2026-11-10T09:00", "2026-11-10T10:00"), date("2026-07-01"), NOW, zone);
    expect(form).toMatchObject({
      t1: at("2026-07-01T09:00", "+02:00"),
      t2: at("2026-07-01T10:00", "+02:00"),
    });
  });
});

describe("stop", () => {
  const form = done("2026-11-17T22:00", "2026-11-17T23:00");

  it("withStop_not after the start_is refused", () => {
    expect(withStop(form, form.t1)).toBeNull();
    expect(withStop(form, form.t1 + 1)?.t2).toBe(form.t1 + 1);
  });

  it("withStopTime_after the start_is of that date", () => {
    expect(withStopTime(form, clock("22:10"), NOW, zone)?.t2).toBe(at("2026-11-17T22:10"));
  });

  it("withStopTime_past midnight_is the next day's (L40)", () => {
    expect(withStopTime(form, clock("1:30"), NOW, zone)?.t2).toBe(at("2026-11-18T01:30"));
    expect(withStopTime(form, clock("25:30"), NOW, zone)?.t2).toBe(at("2026-11-18T01:30"));
  });

  it("withStopTime_before the start where the next day has not come_is refused", () => {
    const today = done("2026-11-18T12:00", "2026-11-18T13:00");
    expect(withStopTime(today, clock("11:00"), NOW, zone)).toBeNull();
  });

  it("withStopDate_before the start_is refused, after it is taken", () => {
    expect(withStopDate(form, date("2026-11-16"), zone)).toBeNull();
    expect(withStopDate(form, date("2026-11-19"), zone)?.t2).toBe(at("2026-11-19T23:00"));
  });
});

describe("duration", () => {
  it("withDuration_of what is over_moves the end", () => {
    const form = withDuration(done("2026-11-18T09:00", "2026-11-18T10:00"), 90 * 60, NOW);
    expect(form).toMatchObject({ t1: at("2026-11-18T09:00"), t2: at("2026-11-18T10:30") });
  });

  it("withDuration_of what runs_moves the start", () => {
    expect(withDuration(runs("2026-11-18T09:00"), 600, NOW)).toMatchObject({ t1: NOW - 600, t2: null });
  });

  it("withDuration_nothing_is a second", () => {
    expect(withDuration(done("2026-11-18T09:00", "2026-11-18T10:00"), 0, NOW).t2).toBe(
      at("2026-11-18T09:00") + 1,
    );
  });
});

describe("stepped", () => {
  it.each([
    ["2026-11-18T09:02", 1, "2026-11-18T09:05"],
    ["2026-11-18T09:02", -1, "2026-11-18T09:00"],
    ["2026-11-18T09:05", 1, "2026-11-18T09:10"],
    ["2026-11-18T09:05", -1, "2026-11-18T09:00"],
  ] as const)("stepped_%s by %i_is the next multiple of five minutes", (from, direction, to) => {
    expect(stepped(at(from), direction, zone)).toBe(at(to));
  });

  it("stepped_with seconds_drops them", () => {
    expect(stepped(at("2026-11-18T09:02") + 7, -1, zone)).toBe(at("2026-11-18T09:00"));
  });
});

describe("warningsOf", () => {
  const form = done("2026-11-17T09:00", "2026-11-17T10:00");
  it.each([
    ["nothing odd", form, []],
    ["a start a day earlier", withStart(form, form.t1 - DAY - 1, NOW) ?? form, ["startMoved", "long"]],
    ["a stop a day later", withStop(form, (form.t2 ?? 0) + DAY + 1) ?? form, ["stopMoved", "long"]],
    ["what is to come", withStop(form, NOW + 5) ?? form, ["stopMoved", "long", "future"]],
    ["what has run for days", runs("2026-11-16T09:00"), ["long"]],
  ])("warningsOf_%s_are these", (_, changed, warnings) => {
    expect(warningsOf(changed, NOW)).toEqual(warnings);
  });
});

describe("recordOf", () => {
  it("recordOf_what runs_runs, what is over is over", () => {
    expect(isRunning(recordOf(newForm(NOW), "y", "new"))).toBe(true);
    const form = done("2026-11-18T09:00", "2026-11-18T10:00");
    expect(recordOf(form, "y", record({ ds: "other" }))).toEqual(record({ ds: "y" }));
  });

  it("choose_still running after a start that is to come_begins now at the latest", () => {
    const stoppedLater = { ...runs("2026-11-18T09:00"), t1: NOW + HOUR, t2: NOW + 2 * HOUR };
    expect(choose(stoppedLater, "running", around())).toMatchObject({ t1: NOW, t2: null });
  });

  it.each([
    ["milliseconds", 1_796_010_000_000, 1_796_010_000_000],
    ["reversed", 2000, 1000],
  ])("recordOf_only the words of a record with times in %s were changed_leaves those", (_, t1, t2) => {
    const odd = record({ t1, t2 });
    expect(recordOf(formOf(odd), "y", odd)).toEqual({ ...odd, ds: "y" });
    expect(hidden(odd, NOW)).toMatchObject({ t1, t2 });
  });

  it("recordOf_after any changes_is in order and over a second long", () => {
    const time = fc.integer({ min: -10 * DAY, max: 4 * DAY }).map((seconds) => NOW + seconds);
    const hands = fc.record({
      hours: fc.nat(30),
      minutes: fc.nat(59),
      seconds: fc.nat(59),
    });
    const dates = fc.constantFrom("2026-03-28", "2026-03-29", "2026-10-25", "2026-11-18").map(date);
    const change = fc.oneof(
      time.map((t) => (form: RecordForm) => withStart(form, t, NOW) ?? form),
      time.map((t) => (form: RecordForm) => withStop(form, t) ?? form),
      hands.map((c) => (form: RecordForm) => withStartTime(form, c, NOW, zone) ?? form),
      dates.map((d) => (form: RecordForm) => withStartDate(form, d, NOW, zone) ?? form),
      dates.map((d) => (form: RecordForm) => withStopDate(form, d, zone) ?? form),
      hands.map((c) => (form: RecordForm) => withStopTime(form, c, NOW, zone) ?? form),
      fc.nat(3 * DAY).map((s) => (form: RecordForm) => withDuration(form, s, NOW)),
      fc
        .constantFrom("now", "earlier", "done", "running", "stopped")
        .map(
          (choice) => (form: RecordForm) =>
            (choicesOf(form) as readonly string[]).includes(choice) ? choose(form, choice, around()) : form,
        ),
    );
    const start = fc.constantFrom(
      newForm(NOW),
      runs("2026-11-18T09:00"),
      done("2026-11-17T22:00", "2026-11-18T00:10"),
    );
    fc.assert(
      fc.property(start, fc.array(change, { maxLength: 8 }), (first, changes) => {
        const form = changes.reduce((so, one) => one(so), first);
        const made = recordOf(form, "", "new");
        expect(made.t1).toBeLessThanOrEqual(made.t2);
        expect(isRunning(made)).toBe(form.t2 === null);
        if (form.t2 === null) expect(form.t1).toBeLessThanOrEqual(NOW);
      }),
    );
  });
});
