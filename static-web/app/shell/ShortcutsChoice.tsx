import { choose } from "../actions/choose.ts";
import { actions } from "../actions/registry.ts";
import { t } from "../i18n/t.ts";
import { keysOf } from "./ActionButton.tsx";
import type { AppContext } from "./context.ts";

const keys = actions.flatMap(({ shortcut }) => (shortcut === undefined ? [] : [keysOf(shortcut)]));

/** Whether single keys perform actions on this device. */
export function ShortcutsChoice({ app }: { readonly app: AppContext }) {
  return (
    <label class="choice">
      <input
        id="shortcuts"
        type="checkbox"
        checked={app.settings.get("single_key_shortcuts")}
        onChange={(event) => void choose(app, "single_key_shortcuts", event.currentTarget.checked)}
      />
      {t("shortcuts.label", { keys: keys.join(", ") })}
    </label>
  );
}
