import { type PlainMessageKey, t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import type { Outcome } from "../store/history.ts";

/** What is said of one way through the steps. */
interface Words {
  readonly done: "undo.done" | "redo.done";
  readonly changed: "undo.changed" | "redo.changed";
  readonly blocked: "undo.blocked" | "redo.blocked";
  readonly left: "undo.left" | "redo.left";
}

/** What is said of undoing. */
export const UNDO: Words = {
  done: "undo.done",
  changed: "undo.changed",
  blocked: "undo.blocked",
  left: "undo.left",
};

/** What is said of doing again. */
export const REDO: Words = {
  done: "redo.done",
  changed: "redo.changed",
  blocked: "redo.blocked",
  left: "redo.left",
};

/** Says what became of it: to those who listen if all is well, to everybody if somebody else's edit was in the way. */
export function say(app: AppContext, words: Words, outcome: Outcome<PlainMessageKey> | null): void {
  if (outcome === null) return;
  const what = t(outcome.name);
  if (outcome.result === "nothing") app.notice.value = { text: t(words.changed, { what }) };
  else if (outcome.result === "blocked") app.notice.value = { text: t(words.blocked, { what }) };
  else {
    app.announcement.value = t(words.done, { what });
    if (outcome.left > 0) app.notice.value = { text: t(words.left, { n: outcome.left }) };
  }
}
