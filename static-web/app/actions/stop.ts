import Square from "icon:square";
import { secondsPassed } from "../domain/day.ts";
import type { TimeRecord } from "../domain/record.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { stopping } from "../record/switching.ts";
import type { Action } from "./action.ts";

/** How long it was; of several, how much time passed beside what was tracked in it. */
function doneText(records: readonly TimeRecord[]): string {
  const tracked = records.reduce((sum, { t1, t2 }) => sum + t2 - t1, 0);
  if (records.length === 1) return t("stop.done", { duration: formats().spokenDuration(tracked) });
  const ends = records.flatMap(({ t1, t2 }) => [t1, t2]);
  const passed = secondsPassed(
    records,
    { from: Math.min(...ends), to: Math.max(...ends) },
    Math.max(...ends),
  );
  return t("stop.several", {
    n: String(records.length),
    passed: formats().spokenDuration(passed),
    tracked: formats().spokenDuration(tracked),
  });
}

/** Stops every running record whose start can be right. */
export const stop: Action = {
  id: "stop",
  label: "action.stop",
  hint: "action.hint.stop",
  keywords: "action.words.stop",
  icon: Square,
  shortcut: { key: "x" },
  changesData: true,
  lack: "action.lack.running",
  isEnabled: (app) => app.running.value.length > 0,
  async perform(app) {
    const written = await app.history.change(stop.label, () => ({
      records: stopping(app.running.value, app.clock()),
    }));
    const stopped = written.records.map(({ after }) => after);
    if (stopped.length > 0) app.announcement.value = doneText(stopped);
    const [left] = app.running.value;
    if (left !== undefined)
      app.notice.value = { text: t("stop.left", { what: left.ds || t("record.noDescription") }) };
  },
};
