import { parseDate } from "../domain/calendar/moment.ts";
import { localZone } from "../domain/calendar/zone.ts";
import {
  type End,
  isUnbegun,
  type RecordForm,
  withDuration,
  withStartDate,
  withStartTime,
  withStopDate,
  withStopTime,
} from "../domain/recordForm.ts";
import { parseDuration, parseTimeOfDay } from "../domain/timeInput.ts";
import { formats } from "../i18n/format.ts";

/** The fields for times in which what is typed may not be what holds. */
export type TimeField = End | "startDate" | "stopDate" | "duration";

/** Why what is typed in a field for times cannot be taken. */
export type TimeProblem = "time" | "duration" | "noDate" | "date" | "before" | "after" | "future" | "unbegun";

/** What stands in a field for times while a person types there. */
export interface TypedTime {
  readonly text: string;
  readonly problem: TimeProblem | null;
}

/** What is typed in the fields; nothing where they show what holds. */
export type TypedTimes = Readonly<Partial<Record<TimeField, TypedTime>>>;

/** The times, and what is typed in their fields. */
export interface TimesInFields {
  readonly form: RecordForm;
  readonly typed: TypedTimes;
}

const EARLIEST_YEAR = 1970;
const zone = localZone;

/**
 * The times after something was typed in a field. The others show what follows from it, but for those that could not be
 * read: perhaps they can by now.
 */
export function timesAfter(
  before: TimesInFields,
  field: TimeField,
  text: string,
  now: number,
): TimesInFields {
  const own = read(before.form, field, text, now);
  let { form } = own;
  const typed: Partial<Record<TimeField, TypedTime>> = {};
  for (const [name, { text: unread, problem }] of Object.entries(before.typed)) {
    // What has not begun is no matter of reading.
    if (name === field || problem === null || problem === "unbegun") continue;
    const again = read(form, name as TimeField, unread, now);
    form = again.form;
    if (again.problem !== null) typed[name as TimeField] = { text: unread, problem: again.problem };
  }
  typed[field] = { text, problem: own.problem };
  return { form, typed: withUnbegun(form, typed, now) };
}

/** What is typed, and at the start what is wrong with it where the record would be over before it has begun. */
export function withUnbegun(form: RecordForm, typed: TypedTimes, now: number): TypedTimes {
  const { start } = typed;
  if ((start?.problem ?? null) !== null || !isUnbegun(form, now)) return typed;
  return { ...typed, start: { text: start?.text ?? formats().timeOfDay(form.t1), problem: "unbegun" } };
}

interface Read {
  readonly form: RecordForm;
  readonly problem: TimeProblem | null;
}

/** The form with what is typed in a field. What cannot be taken changes nothing. */
function read(form: RecordForm, field: TimeField, text: string, now: number): Read {
  const taken = (changed: RecordForm | null, otherwise: TimeProblem): Read =>
    changed === null ? { form, problem: otherwise } : { form: changed, problem: null };
  if (field === "duration") {
    const seconds = parseDuration(text);
    return taken(seconds === null ? null : withDuration(form, seconds, now), "duration");
  }
  if (field === "startDate" || field === "stopDate") {
    const date = parseDate(text, "ymd");
    if (date === null || date.year < EARLIEST_YEAR) return { form, problem: "noDate" };
    return field === "startDate"
      ? taken(withStartDate(form, date, now, zone), "future")
      : taken(withStopDate(form, date, zone), "date");
  }
  const clock = parseTimeOfDay(text);
  if (clock === null) return { form, problem: "time" };
  return field === "start"
    ? taken(withStartTime(form, clock, now, zone), form.t2 === null ? "future" : "after")
    : taken(withStopTime(form, clock, now, zone), "before");
}
