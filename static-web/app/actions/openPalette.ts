import Command from "icon:command";
import type { Action } from "./action.ts";

/** Opens the list of all actions. */
export const openPalette: Action = {
  id: "open-palette",
  label: "action.openPalette",
  hint: "action.hint.openPalette",
  icon: Command,
  chord: { letter: "k", shift: false, isForFields: true },
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => void app.dialogs.show({ kind: "palette" }),
};
