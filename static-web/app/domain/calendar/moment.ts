import type { Range } from "../day.ts";
import type { ClockTime } from "../timeInput.ts";
import { LATEST, momentOf, showingsOf, wallAt, type Zone } from "./zone.ts";

/** A day of the calendar; the first month is 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The order in which a person writes year, month and day. */
export type DateOrder = "ymd" | "dmy" | "mdy";

const DAY = 86_400;
const DATE = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|([+-])(\d{2}):?(\d{2}))?)?$/;

/**
 * A date of four figures for the year, in the given order or with the year first. Null when there is no such day, and
 * before the year 1000: `0050` is a slip, and `Date.UTC` would make 1950 of it.
 */
export function parseDate(text: string, order: DateOrder): CalendarDate | null {
  const [, first, , second, third] = DATE.exec(text.trim()) ?? [];
  if (first === undefined || second === undefined || third === undefined) return null;
  const [year, month, day] =
    first.length === 4
      ? [first, second, third]
      : order === "mdy"
        ? [third, first, second]
        : [third, second, first];
  if (year.length !== 4 || day.length > 2) return null;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.year < 1000) return null;
  // A day that the month does not have would be one of another month.
  return new Date(startOf(date) * 1000).getUTCMonth() + 1 === date.month ? date : null;
}

const startOf = ({ year, month, day }: CalendarDate): number => Date.UTC(year, month - 1, day) / 1000;

/** The date that the zone's clocks show at a moment. */
export function dateAt(time: number, zone: Zone): CalendarDate {
  const shown = new Date(wallAt(time, zone) * 1000);
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/** What the zone's clocks show at a moment. */
export function clockAt(time: number, zone: Zone): ClockTime {
  const shown = new Date(wallAt(time, zone) * 1000);
  return { hours: shown.getUTCHours(), minutes: shown.getUTCMinutes(), seconds: shown.getUTCSeconds() };
}

/**
 * The moment at which clocks show a time on a date; hours above 23 are of the days after. A time that they show twice is
 * the one with the given offset, so that a record which was in the second hour stays there, or the first.
 */
export function momentOn(date: CalendarDate, clock: ClockTime, zone: Zone, offset?: number): number {
  const wall = startOf(date) + clock.hours * 3600 + clock.minutes * 60 + clock.seconds;
  return momentOf(wall, zone, offset === undefined ? {} : { offset });
}

/** The days from one date to another, both included, in whichever order they are given. */
export function rangeOfDates(one: CalendarDate, other: CalendarDate, zone: Zone): Range {
  const [first = 0, last = 0] = [startOf(one), startOf(other)].sort((a, b) => a - b);
  return {
    from: momentOf(first, zone, { gap: "change" }),
    to: momentOf(last + DAY, zone, { gap: "change" }),
  };
}

/**
 * The first moment after `start` at which clocks show a time: a stop at 2:00 of what started at 23:00 is tomorrow's, and
 * where they show the time twice it may be the second. A time that they leave out is as much later. Hours above 23 are of
 * the days after that of `start`. Throws a RangeError for times that a date cannot hold.
 */
export function firstAfter(start: number, clock: ClockTime, zone: Zone): number {
  const date = startOf(dateAt(start, zone));
  // Clocks that were turned back over midnight show the day before again.
  for (let days = clock.hours < 24 ? -1 : 0; ; days++) {
    const wall = date + days * DAY + clock.hours * 3600 + clock.minutes * 60 + clock.seconds;
    const showings = showingsOf(wall, zone);
    const found = (showings.length > 0 ? showings : [momentOf(wall, zone)]).find((time) => time > start);
    if (found !== undefined) return found;
  }
}

/**
 * A moment as programs write it, in unix seconds: `now`, a number of unix seconds, `2026-03-09` (its first moment here)
 * or `2026-03-09 10:00[:00]`, with a blank or a T, and with Z, an offset or, without one, here. Before 1970 is 1970.
 * Null when it is none of these, and after the year 9999.
 */
export function parseMoment(text: string, now: number, zone: Zone): number | null {
  const moment = readMoment(text.trim(), now, zone);
  return moment === null || moment > LATEST ? null : Math.max(0, moment);
}

function readMoment(text: string, now: number, zone: Zone): number | null {
  if (text === "now") return Math.floor(now);
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Math.floor(Number(text));
  const [, day, hours = "00", minutes = "00", seconds = "00", offset, sign, zoneHours, zoneMinutes] =
    MOMENT.exec(text) ?? [];
  const date = day === undefined ? null : parseDate(day, "ymd");
  if (date === null || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const clock = { hours: Number(hours), minutes: Number(minutes), seconds: Number(seconds) };
  if (offset === undefined) return momentOn(date, clock, zone);
  const ahead = (Number(zoneHours ?? 0) * 3600 + Number(zoneMinutes ?? 0) * 60) * (sign === "-" ? -1 : 1);
  return momentOn(date, clock, { name: "", offsetAt: () => ahead });
}
