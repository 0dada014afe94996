import { today, WHOLE_DAY } from "./calendar/today.ts";
import { localZone } from "./calendar/zone.ts";
import { isHidden, isRunning, type TimeRecord } from "./record.ts";

/** A span of time `[from, to)`, in unix seconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The local calendar day around a moment. */
export const dayAround = (now: number): Range => today(now, WHOLE_DAY, localZone);

/** The visible records that overlap the range, newest first. A running record has no end yet. */
export function recordsIn(records: Iterable<TimeRecord>, range: Range): readonly TimeRecord[] {
  const found: TimeRecord[] = [];
  for (const record of records) {
    if (record.t1 >= range.to || isHidden(record.ds)) continue;
    if (isRunning(record) || record.t2 > range.from) found.push(record);
  }
  return found.sort((a, b) => b.t1 - a.t1 || (a.key < b.key ? -1 : 1));
}

/** How many seconds of the record lie in the range, a running record counted until `now`. */
export function secondsIn(record: TimeRecord, range: Range, now: number): number {
  const end = isRunning(record) ? now : record.t2;
  return Math.max(0, Math.min(end, range.to) - Math.max(record.t1, range.from));
}
