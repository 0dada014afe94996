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

/**
 * The edits that start a record and stop what runs at that moment. To be made at the moment of the edit: another tab may have
 * started something just now.
 */
export const startingAlone = (app: AppContext, record: TimeRecord): readonly Edit<TimeRecord>[] => [
  ...stopping(app.running.value, record.t1),
  { key: record.key, change: () => record },
];
