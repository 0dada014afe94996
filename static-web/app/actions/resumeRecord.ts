import Again from "icon:repeat";
import { checkDescription } from "../domain/description.ts";
import { newKey } from "../domain/key.ts";
import { isRunning, started, type TimeRecord } from "../domain/record.ts";
import { t } from "../i18n/t.ts";
import { refusalText } from "../record/refusalText.ts";
import { startingAlone } from "../record/switching.ts";
import type { AppContext } from "../shell/context.ts";
import type { RecordAction } from "./action.ts";
import { attempt } from "./attempt.ts";

/** Starts a record with the words of this one now, and stops what runs. */
export const resumeRecord: RecordAction = {
  id: "resume-record",
  label: "record.resume",
  icon: Again,
  isEnabled: (_, record) => !isRunning(record),
  perform: resume,
};

async function resume(app: AppContext, { key, ds }: TimeRecord): Promise<boolean> {
  const checked = checkDescription(ds);
  let isDone = false;
  await attempt({ id: `${resumeRecord.id}-${key}`, changesData: true }, app, async () => {
    if (!checked.ok) {
      app.notice.value = {
        text: refusalText(checked),
      };
      return;
    }
    const record = started(newKey(), checked.ds, app.clock());
    await app.history.change("action.resume", () => ({ records: startingAlone(app, record, true) }));
    app.announcement.value = t("start.done", { what: checked.ds || t("record.noDescription") });
    isDone = true;
  });
  return isDone;
}
