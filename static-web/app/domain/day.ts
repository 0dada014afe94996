import { type CustomDay, today, WHOLE_DAY } from "./calendar/today.ts";
import { localZone } from "./calendar/zone.ts";
import { isRunning, orderedTimes, type TimeRecord } from "./record.ts";

/** A span of time `[from, to)`, in unix seconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The person's day around a moment, here; the calendar's where they have not said. */
export const dayAround = (now: number, day: CustomDay = WHOLE_DAY): Range => today(now, day, localZone);

/** How many seconds of the record lie in the range, a running record counted until `now`. */
export function secondsIn(record: TimeRecord, range: Range, now: number): number {
  const { t1, t2 } = orderedTimes(record.t1, record.t2);
  const end = isRunning(record) ? now : t2;
  return Math.max(0, Math.min(end, range.to) - Math.max(t1, range.from));
}

/** How many seconds of the range passed while any of the records ran: where several did, they count once. */
export function secondsPassed(records: Iterable<TimeRecord>, range: Range, now: number): number {
  const spans = [...records]
    .map((record) => {
      const { t1, t2 } = orderedTimes(record.t1, record.t2);
      return { from: Math.max(t1, range.from), to: Math.min(isRunning(record) ? now : t2, range.to) };
    })
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  let [passed, reached] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans) {
    passed += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return passed;
}
