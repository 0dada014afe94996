import { checkDescription } from "../domain/description.ts";
import { newKey } from "../domain/key.ts";
import { isRunning, started } from "../domain/record.ts";
import { t } from "../i18n/t.ts";
import { openNewRecord } from "../record/open.ts";
import type { AppContext } from "../shell/context.ts";
import type { Action } from "./action.ts";
import { attempt } from "./attempt.ts";
import { stopping } from "./stop.ts";

const WEEK = 7 * 86_400;

/** What runs, or else ran last in the past week; undefined where nothing did. */
function lastDescription(app: AppContext): string | undefined {
  const now = app.clock();
  const [running] = app.running.value;
  if (running !== undefined) return running.ds;
  const ended = app.facts.within({ from: now - WEEK, to: now }, now).filter((record) => !isRunning(record));
  return ended.toSorted((a, b) => b.t2 - a.t2)[0]?.ds;
}

/** Asks whether to start again what ran last. */
export const resumeLast: Action = {
  id: "resume-last",
  label: "action.resumeLast",
  shortcut: { key: "s", shift: true },
  changesData: true,
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => openNewRecord(app, lastDescription(app) ?? ""),
};

/** Starts a record with these words now, and stops what runs. Resolves with whether that was done. */
export async function resume(app: AppContext, typed: string): Promise<boolean> {
  const checked = checkDescription(typed);
  let isDone = false;
  await attempt({ id: "resume", changesData: true }, app, async () => {
    if (!checked.ok) {
      app.notice.value = {
        text: checked.reason === "hidden" ? t("start.hidden") : t("start.tooLong", { n: checked.excess }),
      };
      return;
    }
    const now = app.clock();
    const record = started(newKey(), checked.ds, now);
    await app.history.change("action.resume", () => ({
      records: [...stopping(app.running.value, now), { key: record.key, change: () => record }],
    }));
    app.announcement.value = t("start.done", { what: checked.ds || t("record.noDescription") });
    isDone = true;
  });
  return isDone;
}
