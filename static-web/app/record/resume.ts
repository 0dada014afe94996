import { attempt } from "../actions/attempt.ts";
import { resumeRecord } from "../actions/resumeRecord.ts";
import { checkDescription } from "../domain/description.ts";
import { newKey } from "../domain/key.ts";
import { started } from "../domain/record.ts";
import { t } from "../i18n/t.ts";
import type { RecordEditor } from "./editor.ts";
import { changesOf, type Saved } from "./save.ts";
import { startingAlone } from "./switching.ts";

/**
 * Starts the same again now, and stops what runs. What the person has changed is stored with it, as by Save: whoever corrects
 * a record and goes on with it means both, and a question in between would only hold up a timer that is to start now. Both
 * are one step, so that one undo takes both back. What could not be stored is said in a notice.
 */
export async function resume(editor: RecordEditor): Promise<Saved> {
  const { app } = editor;
  const checked = checkDescription(editor.ds.value);
  if (!checked.ok) return checked;
  let isSaved = false;
  await editor.act(() =>
    attempt({ id: resumeRecord.id, changesData: true }, app, async () => {
      const { original } = editor.form.value;
      const changes =
        original !== null && editor.isChanged.value ? changesOf(editor, original, checked.ds) : [];
      const record = started(newKey(), checked.ds, app.clock());
      await app.history.change("action.resume", () => ({
        records: [...changes, ...startingAlone(app, record, true)],
      }));
      app.announcement.value = t("start.done", { what: checked.ds || t("record.noDescription") });
      isSaved = true;
    }),
  );
  return isSaved ? "saved" : "failed";
}
