import Question from "icon:circle-question-mark";
import type { Action } from "./action.ts";

/** Shows what can be done, and with which keys. */
export const openHelp: Action = {
  id: "open-help",
  label: "action.openHelp",
  hint: "action.hint.openHelp",
  keywords: "action.words.openHelp",
  icon: Question,
  shortcut: { key: "?" },
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => void app.dialogs.show({ kind: "help" }),
};
