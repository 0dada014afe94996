import type { TimeRecord } from "../domain/record.ts";
import type { AppContext } from "../shell/context.ts";
import { RecordEditor } from "./editor.ts";

/** Opens the dialog for a record that starts now, with these words. */
export const openNewRecord = (app: AppContext, ds = ""): void => open(RecordEditor.forNew(app, ds));

/** Opens the dialog for a record that is there, perhaps with the question whether it still runs. */
export function openRecord(app: AppContext, record: TimeRecord, isAsked = false): void {
  const editor = RecordEditor.forRecord(app, record);
  editor.asksWhetherRunning.value = isAsked;
  open(editor);
}

function open(editor: RecordEditor): void {
  editor.app.dialogs.show({ kind: "record", editor });
}
