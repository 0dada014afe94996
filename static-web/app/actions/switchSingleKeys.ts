import Keyboard from "icon:keyboard";
import { t } from "../i18n/t.ts";
import type { Action } from "./action.ts";
import { choose } from "./choose.ts";

/** Switches the shortcuts of one key on or off, on this device. */
export const switchSingleKeys: Action = {
  id: "switch-single-keys",
  label: "action.switchSingleKeys",
  hint: "action.hint.switchSingleKeys",
  keywords: "action.words.switchSingleKeys",
  icon: Keyboard,
  isRepeatable: true,
  isEnabled: () => true,
  async perform(app) {
    const isOn = !app.settings.get("single_key_shortcuts");
    await choose(app, "single_key_shortcuts", isOn);
    app.announcement.value = t(isOn ? "shortcuts.on" : "shortcuts.off");
  },
};
