import { type Calendar, floor, next, type Step, starts } from "./calendar/steps.ts";
import { wallAt } from "./calendar/zone.ts";
import type { Range } from "./day.ts";
import { PERIODS, type Period, type TagInfo } from "./tagInfo.ts";

/** How many days of a week are free: none, Sunday, or Saturday and Sunday. */
export type FreeDays = 0 | 1 | 2;

/** What a target asks of a range. */
export interface RangeTarget {
  /** The period whose target it is. */
  readonly period: Period;
  /** How much, in seconds; 0 when all of the range is free. */
  readonly seconds: number;
  /** How many periods' worth of working days the range has. */
  readonly periods: number;
  /** Whether the range is made of whole periods, so that the target is none that was divided. */
  readonly isWhole: boolean;
}

const DAY = 86_400;
const WHOLE = 0.93;

const stepOf = (period: Period): Step => ({ count: 1, unit: period });

/** Whether a moment lies on a free day. */
export function isFree(time: number, freeDays: FreeDays, { zone }: Calendar): boolean {
  const weekday = new Date(Math.floor(wallAt(time, zone) / DAY) * DAY * 1000).getUTCDay();
  return (weekday === 0 && freeDays >= 1) || (weekday === 6 && freeDays === 2);
}

/**
 * How many working days a range has. A part of a day counts as such a part of that day, so that days of 23 and 25 hours
 * are days like others.
 */
export function workingDays({ from, to }: Range, freeDays: FreeDays, calendar: Calendar): number {
  let days = 0;
  for (let start = floor(from, stepOf("day"), calendar), end: number; start < to; start = end) {
    end = next(start, stepOf("day"), calendar);
    if (isFree(start, freeDays, calendar)) continue;
    days += (Math.min(end, to) - Math.max(start, from)) / (end - start);
  }
  return days;
}

/** How many periods' worth of working days a range has: of each period in it the share that lies in the range. */
function periodsIn(range: Range, period: Period, freeDays: FreeDays, calendar: Calendar): number {
  // Only a day can be free as a whole.
  if (period === "day") return workingDays(range, freeDays, calendar);
  let periods = 0;
  for (const from of starts(range.from, range.to, stepOf(period), calendar)) {
    const whole = { from, to: next(from, stepOf(period), calendar) };
    const part = { from: Math.max(whole.from, range.from), to: Math.min(whole.to, range.to) };
    const isAll = part.from === whole.from && part.to === whole.to;
    periods += isAll ? 1 : workingDays(part, freeDays, calendar) / workingDays(whole, freeDays, calendar);
  }
  return periods;
}

/**
 * What the targets of a tag or a combo ask of a range. Of several the one of the longest period that the range has room
 * for counts. A period's target is spread evenly over its working days. Null without targets.
 */
export function targetFor(
  targets: TagInfo["targets"],
  range: Range,
  freeDays: FreeDays,
  calendar: Calendar,
): RangeTarget | null {
  let found: RangeTarget | null = null;
  for (const period of PERIODS) {
    const hours = targets[period];
    if (hours === undefined) continue;
    const periods = periodsIn(range, period, freeDays, calendar);
    if (found !== null && periods <= WHOLE) break;
    const isWhole = [range.from, range.to].every((edge) => floor(edge, stepOf(period), calendar) === edge);
    found = { period, periods, seconds: Math.round(hours * 3600 * periods), isWhole };
  }
  return found;
}

/** How far a target is met. */
export interface Progress {
  /** Null where nothing is asked, as on a free day. */
  readonly percent: number | null;
  /** Seconds that are left, or, below 0, that were more than asked. */
  readonly left: number;
}

/** How far a target is met by so many seconds. */
export const progressOf = (target: RangeTarget, done: number): Progress => ({
  percent: target.seconds === 0 ? null : Math.floor((100 * done) / target.seconds),
  left: target.seconds - done,
});
