import { changeBetween, momentOf, wallAt, type Zone } from "./zone.ts";

/** The day that a week begins with: 0 Sunday, 1 Monday, 6 Saturday. */
export type WeekStart = 0 | 1 | 6;

/** How a person divides time. */
export interface Calendar {
  readonly zone: Zone;
  readonly weekStart: WeekStart;
}

/** A part of a calendar. */
export type Unit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** A whole number of units; a quarter is three months. */
export interface Step {
  readonly count: number;
  readonly unit: Unit;
}

const DAY = 86_400;
const SECONDS = { second: 1, minute: 60, hour: 3600 };
/** The unit within which the steps of another are counted, in seconds. */
const WITHIN = { second: 60, minute: 3600, hour: DAY };

const utcDay = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / 1000 / DAY;

/** The number of the day, since 1970, that is `months` after the given one; a month without such a day gives its last. */
function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY * 1000);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, ofYear] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
  const last = new Date(Date.UTC(year, ofYear + 1, 0)).getUTCDate();
  return utcDay(year, ofYear + 1, Math.min(date.getUTCDate(), last));
}

/** The last day, at or before the given one, on which a step begins. */
function floorDay(day: number, { count, unit }: Step, weekStart: WeekStart): number {
  const date = new Date(day * DAY * 1000);
  const [year, month, ofMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case "week":
      return day - ((date.getUTCDay() - weekStart + 7) % 7);
    case "month":
      return utcDay(year, month - (month % count) + 1, 1);
    case "year":
      return utcDay(year - (year % count), 1, 1);
    default:
      return day - ((ofMonth - 1) % count);
  }
}

/** The first day after the given one, on which a step began, on which the next begins. */
function nextDay(day: number, { count, unit }: Step, weekStart: WeekStart): number {
  if (unit === "week") return day + 7;
  const after = unit === "day" ? day + count : addMonths(day, unit === "year" ? 12 * count : count);
  return floorDay(after, { count, unit }, weekStart);
}

type ClockUnit = keyof typeof SECONDS;
const isClockStep = (step: Step): step is Step & { readonly unit: ClockUnit } => step.unit in SECONDS;

/** How long clocks have shown times of the step that `wall` belongs to. */
function insideStep(wall: number, { count, unit }: Step & { readonly unit: ClockUnit }): number {
  const within = WITHIN[unit];
  return (((wall % within) + within) % within) % (count * SECONDS[unit]);
}

/** The first moment of a day; where clocks leave out its midnight that of their change. */
const startOfDay = (day: number, zone: Zone): number => momentOf(day * DAY, zone, { gap: "change" });

/**
 * The last moment, at or before `time`, at which a step begins: seconds, minutes and hours are counted within the next
 * larger unit, days within the month, months within the year, years from 0; weeks begin on their first day, whatever
 * their count. Of an hour that clocks show twice, each showing is an hour. A beginning that clocks leave out is at the
 * moment of their change.
 */
export function floor(time: number, step: Step, calendar: Calendar): number {
  const { zone, weekStart } = calendar;
  const moment = Math.floor(time);
  const wall = wallAt(moment, zone);
  if (!isClockStep(step)) {
    const day = floorDay(Math.floor(wall / DAY), step, weekStart);
    // Clocks that were turned back over midnight show the old day again, when the new one has begun.
    const following = startOfDay(nextDay(day, step, weekStart), zone);
    return following <= moment ? following : startOfDay(day, zone);
  }
  const start = moment - insideStep(wall, step);
  if (zone.offsetAt(start) === zone.offsetAt(moment)) return start;
  const change = changeBetween(start, moment, zone);
  const [from, to] = [wallAt(change - 1, zone) + 1, wallAt(change, zone)];
  return to - insideStep(to, step) >= Math.min(from, to) ? change : floor(change - 1, step, calendar);
}

/** The first moment after `time` at which a step begins. */
export function next(time: number, step: Step, calendar: Calendar): number {
  const { zone, weekStart } = calendar;
  const moment = Math.floor(time);
  const wall = wallAt(moment, zone);
  if (!isClockStep(step)) {
    let day = floorDay(Math.floor(wall / DAY), step, weekStart);
    let start: number;
    do {
      day = nextDay(day, step, weekStart);
      start = startOfDay(day, zone);
    } while (start <= moment);
    return start;
  }
  const within = WITHIN[step.unit];
  const inside = ((wall % within) + within) % within;
  const length = step.count * SECONDS[step.unit];
  const end = moment + Math.min(within - inside, length - (inside % length));
  if (zone.offsetAt(end) === zone.offsetAt(moment)) return end;
  const change = changeBetween(moment, end, zone);
  return floor(change, step, calendar) === change ? change : next(change, step, calendar);
}

/** The first moment, at or after `time`, at which a step begins. */
export function ceil(time: number, step: Step, calendar: Calendar): number {
  const start = floor(time, step, calendar);
  return start === time ? start : next(time, step, calendar);
}

/**
 * The beginning of the step in which `time`, half the length of its own step later, would lie. That is the nearer of its
 * step's beginning and end, save before a step that is shorter than half of it, such as the last days of a month: there it
 * can be the beginning after that.
 */
export function round(time: number, step: Step, calendar: Calendar): number {
  const start = floor(time, step, calendar);
  return floor(time + (next(start, step, calendar) - start) / 2, step, calendar);
}

/**
 * The moment a step later, or earlier for a negative count. Seconds, minutes and hours are lengths. The others turn the
 * pages of the calendar: clocks show the same time of day, in a month without such a day on its last.
 */
export function add(time: number, { count, unit }: Step, { zone }: Calendar): number {
  if (isClockStep({ count, unit })) return time + count * SECONDS[unit as ClockUnit];
  const offset = zone.offsetAt(time);
  const day = Math.floor((time + offset) / DAY);
  const days = unit === "week" ? 7 * count : count;
  const months = unit === "year" ? 12 * count : count;
  const to = unit === "month" || unit === "year" ? addMonths(day, months) : day + days;
  const wall = time + offset + (to - day) * DAY;
  const moved = momentOf(wall, zone, { offset });
  // Where a whole day was left out, a day back must not come out where it began.
  return count < 0 && moved >= time ? momentOf(wall, zone, { offset, gap: "back" }) : moved;
}

/** Where steps begin, from the step that `from` lies in to the last that begins before `to`. */
export function* starts(from: number, to: number, step: Step, calendar: Calendar): Generator<number> {
  for (let at = floor(from, step, calendar); at < to; at = next(at, step, calendar)) yield at;
}
