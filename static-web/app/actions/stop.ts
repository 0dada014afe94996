import { isVisiblyRunning, stopped, type TimeRecord } from "../domain/record.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import type { Edit } from "../store/store.ts";
import type { Action } from "./action.ts";

/** The edits that stop records at `now`, those of them that still run by then. */
export function stopping(records: readonly TimeRecord[], now: number): readonly Edit<TimeRecord>[] {
  const change = (current: TimeRecord | undefined): TimeRecord | undefined =>
    current !== undefined && isVisiblyRunning(current) ? stopped(current, now) : undefined;
  return records.map(({ key }) => ({ key, change }));
}

/** Stops every running record. */
export const stop: Action = {
  id: "stop",
  label: "action.stop",
  shortcut: { key: "x" },
  changesData: true,
  isEnabled: (app) => app.running.value.length > 0,
  async perform(app) {
    const written = await app.history.change(stop.label, () => ({
      records: stopping(app.running.value, app.clock()),
    }));
    app.announcement.value = written.records
      .map(({ after: { t1, t2 } }) => t("stop.done", { duration: formats().spokenDuration(t2 - t1) }))
      .join(". ");
  },
};
