import Forth from "icon:redo-2";
import type { Action } from "./action.ts";
import { REDO, say } from "./undoing.ts";

/** Does again what was undone last in this tab. */
export const redo: Action = {
  id: "redo",
  label: "action.redo",
  hint: "action.hint.redo",
  keywords: "action.words.redo",
  icon: Forth,
  chord: { letter: "z", shift: true },
  changesData: true,
  isRepeatable: true,
  lack: "action.lack.redo",
  isEnabled: (app) => app.history.redoable.value !== null,
  perform: async (app) => say(app, REDO, await app.history.redo()),
};
