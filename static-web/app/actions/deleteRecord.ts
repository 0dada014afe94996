import Trash from "icon:trash-2";
import { isRunning, type TimeRecord } from "../domain/record.ts";
import { hidden, shownDescription } from "../domain/recordRules.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import type { RecordAction } from "./action.ts";
import { attempt } from "./attempt.ts";

/** Deletes a record that is over. */
export const deleteRecord: RecordAction = {
  id: "delete-record",
  label: "record.delete",
  icon: Trash,
  isEnabled: (_, record) => !isRunning(record),
  perform: remove,
};

async function remove(app: AppContext, record: TimeRecord): Promise<boolean> {
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
