import type { Action } from "../actions/action.ts";
import { perform } from "../actions/registry.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "./context.ts";

/** A button that performs an action. */
export function ActionButton(props: {
  readonly action: Action;
  readonly app: AppContext;
  readonly look?: "primary" | "quiet";
}) {
  const { action, app, look = "quiet" } = props;
  const label = t(action.label);
  const shortcut = action.shortcut?.toUpperCase();
  return (
    <button
      type="button"
      id={`action-${action.id}`}
      class={`button ${look}`}
      title={shortcut === undefined ? undefined : `${label} (${shortcut})`}
      aria-keyshortcuts={shortcut}
      onClick={() => void perform(action, app)}
    >
      {label}
    </button>
  );
}
