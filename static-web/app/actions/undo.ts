import { type PlainMessageKey, t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import type { Outcome } from "../store/history.ts";
import type { Action } from "./action.ts";

/** What is said of one way through the steps. */
interface Words {
  readonly done: "undo.done" | "redo.done";
  readonly changed: "undo.changed" | "redo.changed";
  readonly left: "undo.left" | "redo.left";
}

const UNDO: Words = { done: "undo.done", changed: "undo.changed", left: "undo.left" };
const REDO: Words = { done: "redo.done", changed: "redo.changed", left: "redo.left" };

/** Undoes what was done last in this tab. */
export const undo: Action = {
  id: "undo",
  label: "action.undo",
  chord: { letter: "z", shift: false },
  changesData: true,
  isRepeatable: true,
  isEnabled: (app) => app.history.undoable.value !== null,
  perform: async (app) => say(app, UNDO, await app.history.undo()),
};

/** Does again what was undone last in this tab. */
export const redo: Action = {
  id: "redo",
  label: "action.redo",
  chord: { letter: "z", shift: true },
  changesData: true,
  isRepeatable: true,
  isEnabled: (app) => app.history.redoable.value !== null,
  perform: async (app) => say(app, REDO, await app.history.redo()),
};

/** Says what became of it: to those who listen if all is well, to everybody if somebody else's edit was in the way. */
function say(app: AppContext, words: Words, outcome: Outcome<PlainMessageKey> | null): void {
  if (outcome === null) return;
  const what = t(outcome.name);
  if (outcome.result === "nothing") app.notice.value = { text: t(words.changed, { what }) };
  else {
    app.announcement.value = t(words.done, { what });
    if (outcome.left > 0) app.notice.value = { text: t(words.left, { n: outcome.left }) };
  }
}
