import type { TimeRecord } from "../domain/record.ts";
import { hidden, shownDescription } from "../domain/recordRules.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import { attempt } from "./attempt.ts";

/** Deletes a record, as it is by now. Resolves with whether that was done. */
export async function deleteRecord(app: AppContext, record: TimeRecord): Promise<boolean> {
  let isDone = false;
  await attempt({ id: `delete-${record.key}`, changesData: true }, app, async () => {
    await app.history.change("action.delete", {
      records: [{ key: record.key, change: (current = record) => hidden(current, app.clock()) }],
    });
    app.announcement.value = t("record.deleted", {
      what: shownDescription(record.ds) || t("record.noDescription"),
    });
    isDone = true;
  });
  return isDone;
}
