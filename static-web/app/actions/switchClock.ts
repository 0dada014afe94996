import Watch from "icon:watch";
import { deviceIsBehind } from "../clock/clock.ts";
import { t } from "../i18n/t.ts";
import type { Action } from "./action.ts";
import { choose } from "./choose.ts";

/** Goes by this device's clock where it differs from the server's, or by the server's again. */
export const switchClock: Action = {
  id: "switch-clock",
  label: "action.switchClock",
  hint: "action.hint.switchClock",
  keywords: "action.words.switchClock",
  icon: Watch,
  isRepeatable: true,
  // Where the clocks agree there is nothing to choose, unless it was chosen before.
  isOffered: (app) => deviceIsBehind.value !== 0 || app.settings.get("trusts_device_clock"),
  isEnabled: () => true,
  async perform(app) {
    const isTrusted = !app.settings.get("trusts_device_clock");
    await choose(app, "trusts_device_clock", isTrusted);
    app.announcement.value = t(isTrusted ? "clock.trusted" : "clock.corrected");
  },
};
