import { isVisiblyRunning, startFault, stopped, type TimeRecord } from "../domain/record.ts";
import type { AppContext } from "../shell/context.ts";
import type { Edit } from "../store/store.ts";

/** The edits that stop records at `now`: those of them that still run by then, and whose start can be right. */
export function stopping(records: readonly TimeRecord[], now: number): readonly Edit<TimeRecord>[] {
  const change = (current: TimeRecord | undefined): TimeRecord | undefined =>
    current !== undefined && isVisiblyRunning(current) && startFault(current, now) === null
      ? stopped(current, now)
      : undefined;
  return records.map(({ key }) => ({ key, change }));
}

/** Whether a record that starts at `t1`, said on purpose, leaves another running: what began no earlier would be left a second. */
export const leavesRunning = (other: TimeRecord, t1: number): boolean => other.t1 >= t1;

/**
 * The edits that start a record and stop what runs at that moment. To be made at the moment of the edit: another tab may have
 * started something just now. Where the record starts now (`isNow`), what began while that was being said stops now; else it
 * goes on.
 */
export function startingAlone(
  app: AppContext,
  record: TimeRecord,
  isNow: boolean,
): readonly Edit<TimeRecord>[] {
  const later = app.running.value.filter((other) => leavesRunning(other, record.t1));
  const earlier = app.running.value.filter((other) => !leavesRunning(other, record.t1));
  return [
    ...stopping(earlier, record.t1),
    ...(isNow ? stopping(later, app.clock()) : []),
    { key: record.key, change: () => record },
  ];
}
