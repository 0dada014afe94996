import type { Action } from "../actions/action.ts";
import { keysOf, standardKeysOf } from "../actions/keys.ts";
import { perform, refusalOf } from "../actions/registry.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "./context.ts";

/** What a button says beside its name: the keys that do the same, and where it does nothing why that is so. */
function hintsOf(action: Action, app: AppContext, refusal: string | null) {
  const hasSingleKeys = app.settings.get("single_key_shortcuts");
  const keys = keysOf(action, hasSingleKeys);
  const hint =
    keys.length === 0 ? null : t("shortcuts.hint", { label: t(action.label), key: keys.join("+") });
  return { title: refusal ?? hint ?? undefined, "aria-keyshortcuts": standardKeysOf(action, hasSingleKeys) };
}

/** A button that performs an action. */
export function ActionButton(props: {
  readonly action: Action;
  readonly app: AppContext;
  /** As an icon it has its label for those who do not see it. */
  readonly look?: "primary" | "quiet" | "icon";
  /** What it says, where that is more than the action's label. */
  readonly label?: string;
}) {
  const { action, app, look = "quiet" } = props;
  const refusal = refusalOf(action, app);
  const { title, ...hints } = hintsOf(action, app, refusal);
  const label = props.label ?? t(action.label);
  return (
    <button
      type="button"
      id={`action-${action.id}`}
      class={`button ${look === "icon" ? "only-icon" : look}`}
      aria-disabled={refusal !== null}
      aria-label={look === "icon" ? label : undefined}
      title={title ?? (look === "icon" ? label : undefined)}
      {...hints}
      onClick={() => void perform(action, app)}
    >
      {look === "icon" ? <action.icon /> : label}
    </button>
  );
}
