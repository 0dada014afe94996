import Back from "icon:undo-2";
import type { Action } from "./action.ts";
import { say, UNDO } from "./undoing.ts";

/** Undoes what was done last in this tab. */
export const undo: Action = {
  id: "undo",
  label: "action.undo",
  hint: "action.hint.undo",
  keywords: "action.words.undo",
  icon: Back,
  chord: { letter: "z", shift: false },
  changesData: true,
  isRepeatable: true,
  lack: "action.lack.undo",
  isEnabled: (app) => app.history.undoable.value !== null,
  perform: async (app) => say(app, UNDO, await app.history.undo()),
};
