import { choiceOf } from "../domain/recordForm.ts";
import { t } from "../i18n/t.ts";
import type { RecordEditor } from "./editor.ts";
import { leavesRunning } from "./switching.ts";

/** What is said of other records that lie over this one in time. What it stops by beginning ends there, and is none of them. */
export function overlapText(editor: RecordEditor): readonly string[] {
  const form = editor.form.value;
  if (choiceOf(form) === "now") return [];
  const takesOver = form.original === null && form.t2 === null && !editor.isBeside.value;
  const over = editor.overlapping();
  const running = over.filter(({ t1, t2 }) => t1 === t2);
  const goesOn = takesOver
    ? editor.othersRunning().filter((other) => leavesRunning(other, form.t1)).length
    : 0;
  const n = takesOver ? over.length - running.length : over.length;
  return [
    ...(n === 0 ? [] : [t("record.overlaps", { n })]),
    ...(goesOn === 0 ? [] : [t("record.goesOn", { n: goesOn })]),
  ];
}
