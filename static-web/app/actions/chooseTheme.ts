import Moon from "icon:moon";
import Sun from "icon:sun";
import SunMoon from "icon:sun-moon";
import { t } from "../i18n/t.ts";
import type { SettingValue } from "../settings/catalogue.ts";
import type { Action, Icon } from "./action.ts";
import { choose } from "./choose.ts";

const action = (name: "light" | "dark" | "auto", value: SettingValue<"darkmode">, icon: Icon): Action => ({
  id: `theme-${name}`,
  label: `action.theme.${name}`,
  hint: `action.hint.theme.${name}`,
  keywords: "action.words.theme",
  icon,
  lack: "action.lack.difference",
  isEnabled: (app) => app.settings.get("darkmode") !== value,
  async perform(app) {
    await choose(app, "darkmode", value);
    app.announcement.value = t(`action.theme.${name}`);
  },
});

/** Show the app light, dark, or as the system prefers, on this device. */
export const chooseTheme: readonly Action[] = [
  action("light", 1, Sun),
  action("dark", 2, Moon),
  action("auto", 0, SunMoon),
];
