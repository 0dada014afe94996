import Hourglass from "icon:hourglass";
import type { TimeRecord } from "../domain/record.ts";
import { openRecord } from "../record/open.ts";
import type { AppContext } from "../shell/context.ts";
import type { Action } from "./action.ts";

/** What runs, and when it was last worked on, if that was after it began. */
function lastWork(app: AppContext): { readonly record: TimeRecord; readonly stop: number } | null {
  const [record] = app.running.value;
  const stop = app.lastActivity();
  return record !== undefined && stop !== null && stop > record.t1 ? { record, stop } : null;
}

/** Proposes that what runs was over when the app was last used. */
export const stopAtLastActivity: Action = {
  id: "stop-at-last-activity",
  label: "action.stopAtLastActivity",
  hint: "action.hint.stopAtLastActivity",
  keywords: "action.words.stopAtLastActivity",
  icon: Hourglass,
  changesData: true,
  isRepeatable: true,
  lack: "action.lack.activity",
  isEnabled: (app) => lastWork(app) !== null,
  perform(app) {
    const work = lastWork(app);
    if (work !== null) openRecord(app, work.record, { choice: "stopped", stop: work.stop });
  },
};
