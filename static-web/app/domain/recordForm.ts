import { type CalendarDate, firstAfter } from "./calendar/moment.ts";
import { LATEST, momentOf, wallAt, type Zone } from "./calendar/zone.ts";
import { isRunning, orderedTimes, started, startFault, type TimeRecord } from "./record.ts";
import { withTimes } from "./recordRules.ts";
import type { ClockTime } from "./timeInput.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEP = 5 * MINUTE;
/** How far back the end of the last record may be for the next to have begun there. */
const SAME_SESSION = 8 * HOUR;

/** What a person is doing to a record: making one that runs or is done, changing one, or stopping one. */
export type FormMode = "start" | "new" | "edit" | "stop";

/** When a record that is made begins and whether it is over; or whether one that ran still does. */
export type TimeChoice = "now" | "earlier" | "done" | "running" | "stopped";

/** An end of a record. */
export type End = "start" | "stop";

/** What clocks were to show at an end, counted as unix seconds are, and the moment that was taken since it could not be. */
export interface AskedTime {
  readonly wall: number;
  readonly time: number;
}

/** The times of a record while a person changes it. All times are unix seconds. */
export interface RecordForm {
  /** The record as it was; null for one that is to be made. */
  readonly original: TimeRecord | null;
  readonly t1: number;
  /** Null while it runs. */
  readonly t2: number | null;
  /** Whether it starts at the moment at which it was asked for. */
  readonly startsNow: boolean;
  /**
   * What was asked for and cannot be on this date, so that another date may still have it. It counts as long as the end is
   * where it was put for that.
   */
  readonly asked?: Readonly<Partial<Record<End, AskedTime | null>>>;
}

/** What is known of the other records. */
export interface Surroundings {
  readonly now: number;
  /** When the record that ended last did; null where there is none. */
  readonly lastStop: number | null;
  /** When the other record that runs was started, of several the last; null where none runs. */
  readonly runningSince: number | null;
}

/** A record that starts now. */
export const newForm = (now: number): RecordForm => ({ original: null, t1: now, t2: null, startsNow: true });

/** A record that is there. */
export function formOf(record: TimeRecord): RecordForm {
  const { t1, t2 } = orderedTimes(record.t1, record.t2);
  return { original: record, t1, t2: isRunning(record) ? null : t2, startsNow: false };
}

/** What the person is doing, as it follows from what the record was and what it shall be. */
export function modeOf({ original, t2 }: RecordForm): FormMode {
  if (original === null) return t2 === null ? "start" : "new";
  return isRunning(original) && t2 !== null ? "stop" : "edit";
}

/** The choices that there are; none for a record that was over before. */
export function choicesOf({ original }: RecordForm): readonly TimeChoice[] {
  if (original === null) return ["now", "earlier", "done"];
  return isRunning(original) ? ["running", "stopped"] : [];
}

/** The choice that holds; null for a record that was over before. */
export function choiceOf({ original, t2, startsNow }: RecordForm): TimeChoice | null {
  if (original === null) return t2 !== null ? "done" : startsNow ? "now" : "earlier";
  if (!isRunning(original)) return null;
  return t2 === null ? "running" : "stopped";
}

/** The form after a choice. What was stopped keeps its start. */
export function choose(form: RecordForm, choice: TimeChoice, around: Surroundings): RecordForm {
  const { now } = around;
  switch (choice) {
    case "now":
      return { ...form, t1: now, t2: null, startsNow: true };
    case "earlier": {
      const likely = likelyStart(form.t1, around);
      // What runs ends there, and should not be left with a second.
      const t1 = around.runningSince !== null && likely <= around.runningSince ? now : likely;
      return { ...form, t1, t2: null, startsNow: false };
    }
    case "done": {
      const t1 = likelyStart(form.t1, around);
      return { ...form, t1, t2: Math.max(t1 + 1, now), startsNow: false };
    }
    case "running":
      return { ...form, t1: Math.min(form.t1, now), t2: null };
    case "stopped":
      return { ...form, t2: Math.max(form.t1 + 1, now) };
  }
}

/** A start in the past: the one that is set if it is, else where something else ended, else a while ago. */
function likelyStart(t1: number, { now, lastStop, runningSince }: Surroundings): number {
  if (t1 <= now - STEP) return t1;
  if (runningSince !== null) return now - STEP;
  if (lastStop !== null && lastStop < now && lastStop >= now - SAME_SESSION) return lastStop;
  return now - HOUR;
}

/** The form with another start; null where that is not before its end. What runs has begun already, now at the latest. */
export function withStart(form: RecordForm, t1: number, now: number): RecordForm | null {
  if (form.t2 === null) return begun(form, t1, now);
  const start = storable(t1);
  // The stop of what had not begun was only there to be after that.
  const t2 = isUnbegun(form, now) ? now : form.t2;
  return start < t2 ? { ...form, t1: start, t2, startsNow: false } : null;
}

/** The form with another end; null where that is not after its start. */
export function withStop(form: RecordForm, t2: number): RecordForm | null {
  const stop = storable(t2);
  return stop > form.t1 ? { ...form, t2: stop } : null;
}

/**
 * The form on another date: a record keeps its length in days and the times of its ends. Where clocks that are changed
 * would put the end before the start, it lasts as long as it did. Null where what runs would begin in the future.
 */
export function withStartDate(
  form: RecordForm,
  date: CalendarDate,
  now: number,
  zone: Zone,
): RecordForm | null {
  const from = wallOf(form, "start", zone);
  const moved = startOf(date) - midnightOf(from);
  const start = placed(from + moved, zone, form.t1);
  const asked = { start: askedBy(start, zone) };
  if (form.t2 === null) return start.time > now ? null : { ...form, t1: start.time, startsNow: false, asked };
  if (isUnbegun(form, now)) {
    const changed = withStart(form, start.time, now);
    return changed && { ...changed, asked };
  }
  const stop = placed(wallOf(form, "stop", zone) + moved, zone, form.t2);
  const t2 = stop.time > start.time ? stop.time : start.time + form.t2 - form.t1;
  const askedStop = askedBy({ ...stop, time: t2 }, zone);
  return { ...form, t1: start.time, t2, startsNow: false, asked: { ...asked, stop: askedStop } };
}

/** The form with the end on another date; null where that is not after its start. */
export function withStopDate(form: RecordForm, date: CalendarDate, zone: Zone): RecordForm | null {
  if (form.t2 === null) return form;
  const wall = wallOf(form, "stop", zone);
  return withStopAt(form, placed(startOf(date) + wall - midnightOf(wall), zone, form.t2), zone);
}

/**
 * The form with a start at a time of day, on the date that it has. What runs cannot begin later than now: where the time
 * is still to come, it was yesterday's. Null where that is to come, too, and where it is not before the end: which other
 * date is meant, and of which end, nobody knows.
 */
export function withStartTime(
  form: RecordForm,
  clock: ClockTime,
  now: number,
  zone: Zone,
): RecordForm | null {
  const today = midnightOf(wallOf(form, "start", zone)) + secondsOf(clock);
  const latest = form.t2 === null ? now : isUnbegun(form, now) ? now - 1 : form.t2 - 1;
  const walls = form.t2 === null ? [today, today - DAY] : [today];
  const start = walls.map((wall) => placed(wall, zone, form.t1)).find(({ time }) => time <= latest);
  if (start === undefined) return null;
  const changed = withStart(form, start.time, now);
  return changed && { ...changed, asked: { ...form.asked, start: askedBy(start, zone) } };
}

/**
 * The form with an end at a time of day, on the date that it has; or on the next, where it would be before the start and
 * the next has come already. Null where it is before the start.
 */
export function withStopTime(form: RecordForm, clock: ClockTime, now: number, zone: Zone): RecordForm | null {
  const midnight = midnightOf(wallOf(form, form.t2 === null ? "start" : "stop", zone));
  const stop = placed(midnight + secondsOf(clock), zone, form.t2 ?? form.t1);
  if (stop.time > form.t1) return withStopAt(form, stop, zone);
  const next = firstAfter(form.t1, clock, zone);
  if (next > now) return null;
  const wall = midnightOf(wallAt(next, zone)) + (secondsOf(clock) % DAY);
  return withStopAt(form, { wall, time: next }, zone);
}

function withStopAt(form: RecordForm, stop: AskedTime, zone: Zone): RecordForm | null {
  const changed = withStop(form, stop.time);
  return changed && { ...changed, asked: { ...form.asked, stop: askedBy(stop, zone) } };
}

/** What runs, with another start: now at the latest. */
const begun = (form: RecordForm, t1: number, now: number): RecordForm => ({
  ...form,
  t1: Math.min(storable(t1), now),
  startsNow: false,
});

const storable = (time: number): number => Math.min(LATEST, Math.max(0, Math.floor(time)));

/** What clocks show at an end, or were to show there, counted as unix seconds are. */
export function wallOf({ t1, t2, asked }: RecordForm, end: End, zone: Zone): number {
  const time = end === "start" ? t1 : (t2 ?? t1);
  const before = asked?.[end];
  return before?.time === time ? before.wall : wallAt(time, zone);
}

/** The moment for what clocks are to show. What they show twice is in the hour in which `near` is. */
const placed = (wall: number, zone: Zone, near: number): AskedTime => ({
  wall,
  time: storable(momentOf(wall, zone, { offset: zone.offsetAt(near) })),
});

/** What is to be remembered: nothing where clocks show what was asked for. */
const askedBy = (asked: AskedTime, zone: Zone): AskedTime | null =>
  wallAt(asked.time, zone) === asked.wall ? null : asked;

/** The form with another length, a second at least: another end, or for what runs another start. */
export function withDuration(form: RecordForm, seconds: number, now: number): RecordForm {
  const length = Math.max(1, Math.round(seconds));
  return form.t2 === null
    ? begun(form, now - length, now)
    : { ...form, t2: Math.min(LATEST, form.t1 + length), startsNow: false };
}

/** The next moment at a multiple of five minutes, or the one before. */
export const stepped = (time: number, direction: 1 | -1, zone: Zone): number => {
  const wall = wallAt(time, zone);
  const at = direction === 1 ? Math.floor(wall / STEP) + 1 : Math.ceil(wall / STEP) - 1;
  return time + at * STEP - wall;
};

/** Whether what runs shall stop, and by its start has not begun yet: then nobody knows how long it took. */
export const isUnbegun = (form: RecordForm, now: number): boolean =>
  modeOf(form) === "stop" && startFault(form, now) !== null;

/** What may be a slip. Nothing of it is forbidden. */
export type FormWarning = "startMoved" | "stopMoved" | "long" | "future";

/** What of the form may be a slip. */
export function warningsOf(form: RecordForm, now: number): readonly FormWarning[] {
  const { original, t1 } = form;
  const t2 = form.t2 ?? now;
  const found: FormWarning[] = [];
  if (original !== null && original.t1 - t1 > DAY) found.push("startMoved");
  if (original !== null && !isRunning(original) && t2 - original.t2 > DAY) found.push("stopMoved");
  if (t2 - t1 > DAY) found.push("long");
  if (t1 > now || t2 > now) found.push("future");
  return found;
}

/**
 * The form over what somebody else has made of the record meanwhile: each end that the person has not changed follows, so
 * that a stop on another device is not undone by a new start here.
 */
export function rebased(form: RecordForm, current: TimeRecord): RecordForm {
  if (form.original === null) return form;
  const [base, theirs] = [formOf(form.original), formOf(current)];
  const t1 = form.t1 === base.t1 ? theirs.t1 : form.t1;
  const t2 = form.t2 === base.t2 ? theirs.t2 : form.t2;
  return { ...form, original: current, t1, t2: t2 === null ? null : Math.max(t1 + 1, t2) };
}

/**
 * A record of the form's times, to be made or in place of the one that is given. Times that the person has not changed stay as
 * they were stored, also where the form cannot show them.
 */
export function recordOf({ t1, t2 }: RecordForm, ds: string, current: TimeRecord | string): TimeRecord {
  if (typeof current !== "string") {
    const shown = formOf(current);
    if (shown.t1 === t1 && shown.t2 === t2) return { ...current, ds };
  }
  const base = typeof current === "string" ? started(current, ds, t1) : { ...current, ds };
  return t2 === null ? { ...base, ...orderedTimes(t1, t1) } : withTimes(base, t1, t2);
}

const secondsOf = ({ hours, minutes, seconds }: ClockTime): number =>
  hours * HOUR + minutes * MINUTE + seconds;

/** The beginning of the day of what clocks show. */
const midnightOf = (wall: number): number => Math.floor(wall / DAY) * DAY;

const startOf = ({ year, month, day }: CalendarDate): number => Date.UTC(year, month - 1, day) / 1000;
