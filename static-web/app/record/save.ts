import { attempt } from "../actions/attempt.ts";
import { type CheckedDescription, checkDescription } from "../domain/description.ts";
import { newKey } from "../domain/key.ts";
import type { TimeRecord } from "../domain/record.ts";
import { type FormMode, rebased, recordOf } from "../domain/recordForm.ts";
import { shownDescription } from "../domain/recordRules.ts";
import { formats } from "../i18n/format.ts";
import { type PlainMessageKey, t } from "../i18n/t.ts";
import type { Edit } from "../store/store.ts";
import type { RecordEditor } from "./editor.ts";
import { startingAlone } from "./switching.ts";

const NAMES = {
  start: "action.start",
  new: "action.create",
  edit: "action.edit",
  stop: "action.stop",
} as const satisfies Record<FormMode, PlainMessageKey>;

/** What became of saving. */
export type Saved = "saved" | "failed" | Exclude<CheckedDescription, { readonly ok: true }>;

/** Stores what was entered. What could not be stored is said in a notice. */
export async function save(editor: RecordEditor): Promise<Saved> {
  const { app } = editor;
  const checked = checkDescription(editor.ds.value);
  if (!checked.ok) return checked;
  let isSaved = false;
  await editor.act(() =>
    attempt({ id: `save-${editor.id}`, changesData: true }, app, async () => {
      const mode = editor.mode.value;
      await app.history.change(NAMES[mode], editsOf(editor, checked.ds));
      app.announcement.value = doneText(editor, mode, checked.ds);
      isSaved = true;
    }),
  );
  return isSaved ? "saved" : "failed";
}

function editsOf(editor: RecordEditor, ds: string) {
  const { app } = editor;
  const form = editor.form.value;
  const { original } = form;
  if (original !== null) return { records: changesOf(editor, original, ds) };
  // The clock may have been found to be ahead since the dialog was opened.
  const t1 = form.startsNow ? Math.min(form.t1, app.clock()) : form.t1;
  const record = recordOf({ ...form, t1 }, ds, newKey());
  const isAlone = form.t2 === null && !editor.isBeside.value;
  return () => ({
    records: isAlone
      ? startingAlone(app, record, form.startsNow)
      : [{ key: record.key, change: () => record }],
  });
}

/**
 * The edits that make a record that is there what was entered. Only of what the person has changed: another tab or device may
 * have changed the rest meanwhile, unheard of here.
 */
export function changesOf(
  { form: { value: form }, isReworded }: RecordEditor,
  original: TimeRecord,
  ds: string,
): readonly Edit<TimeRecord>[] {
  const change = (current = original): TimeRecord =>
    recordOf(rebased(form, current), isReworded.peek() ? ds : shownDescription(current.ds), current);
  return [{ key: original.key, change }];
}

function doneText({ form }: RecordEditor, mode: FormMode, ds: string): string {
  const what = ds || t("record.noDescription");
  const { t1, t2 } = form.value;
  switch (mode) {
    case "start":
      return t("start.done", { what });
    case "stop":
      return t("stop.done", { duration: formats().spokenDuration((t2 ?? t1) - t1) });
    case "new":
      return t("record.created", { what });
    case "edit":
      return t("record.saved", { what });
  }
}
