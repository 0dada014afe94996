import type { Setting } from "../domain/record.ts";
import { placeOf, type SettingName, type SettingValue } from "../settings/catalogue.ts";
import type { AppContext } from "../shell/context.ts";
import { attempt } from "./attempt.ts";

/** Chooses what a setting shall be: on this device, or as an edit that can be undone and is synced. */
export async function choose<Name extends SettingName>(
  app: AppContext,
  name: Name,
  value: SettingValue<Name>,
): Promise<void> {
  if (placeOf(name) === "device") {
    app.settings.device.keep(name, value);
    return;
  }
  const change = (current: Setting | undefined): Setting | undefined =>
    current?.value === value ? undefined : { mt: 0, st: 0, ...current, key: name, value };
  await attempt({ id: `choose-${name}`, changesData: true, isRepeatable: true }, app, async () => {
    await app.history.change("action.setting", { settings: [{ key: name, change }] });
  });
}
