import type { Range } from "../day.ts";
import { momentOf, wallAt, type Zone } from "./zone.ts";

/** When a person's day begins and how long it is. */
export interface CustomDay {
  /** Hours from midnight to its beginning, negative when it begins the evening before. */
  readonly startHour: number;
  /** How many of its hours, at its end, are not shown. */
  readonly cutHours: number;
}

/** From midnight to midnight. */
export const WHOLE_DAY: CustomDay = { startHour: 0, cutHours: 0 };

const [DAY, HOUR] = [86_400, 3600];

/** The person's day that `now` lies in, as they see it: `now` may lie in the hours that are cut. */
export function today(now: number, { startHour, cutHours }: CustomDay, zone: Zone): Range {
  // By the clock, not by elapsed hours: a day that begins at 6 does so on the day that clocks change, too.
  const begin = (day: number): number => momentOf(day * DAY + startHour * HOUR, zone, { gap: "change" });
  let day = Math.floor(wallAt(now, zone) / DAY);
  while (begin(day) > now) day -= 1;
  while (begin(day + 1) <= now) day += 1;
  const to = (day + 1) * DAY + (startHour - cutHours) * HOUR;
  return { from: begin(day), to: momentOf(to, zone, { gap: "change" }) };
}
