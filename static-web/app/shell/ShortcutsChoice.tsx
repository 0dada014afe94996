import { keysOf } from "../actions/keys.ts";
import { actions, perform } from "../actions/registry.ts";
import { switchSingleKeys } from "../actions/switchSingleKeys.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "./context.ts";

/** Whether single keys perform actions on this device. */
export function ShortcutsChoice({ app }: { readonly app: AppContext }) {
  const singles = actions.filter(({ shortcut }) => shortcut !== undefined);
  const keys = singles.map((action) => keysOf(action, true).join("+"));
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={app.settings.get("single_key_shortcuts")}
        onChange={() => void perform(switchSingleKeys, app)}
      />
      {t("shortcuts.label", { keys: keys.join(", ") })}
    </label>
  );
}
