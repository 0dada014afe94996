import type { Action } from "../actions/action.ts";
import { isAllowed } from "../actions/attempt.ts";
import { perform } from "../actions/registry.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "./context.ts";

/** The keys of a shortcut, as people and screen readers name them. */
export const keysOf = ({ key, shift = false }: NonNullable<Action["shortcut"]>): string =>
  `${shift ? "Shift+" : ""}${key.toUpperCase()}`;

/** What a button says about the key that does the same, while there is one. */
export function shortcutHints(action: Action, app: AppContext) {
  if (action.chord !== undefined) return chordHints(action, action.chord);
  if (action.shortcut === undefined || !app.settings.get("single_key_shortcuts")) return {};
  const key = keysOf(action.shortcut);
  return { title: t("shortcuts.hint", { label: t(action.label), key }), "aria-keyshortcuts": key };
}

function chordHints({ label }: Action, { letter, shift }: NonNullable<Action["chord"]>) {
  const keys = ["Control", ...(shift ? ["Shift"] : []), letter.toUpperCase()].join("+");
  return { title: t("shortcuts.hint", { label: t(label), key: keys }), "aria-keyshortcuts": keys };
}

/** A button that performs an action. */
export function ActionButton(props: {
  readonly action: Action;
  readonly app: AppContext;
  readonly look?: "primary" | "quiet";
}) {
  const { action, app, look = "quiet" } = props;
  return (
    <button
      type="button"
      id={`action-${action.id}`}
      class={`button ${look}`}
      aria-disabled={!action.isEnabled(app) || !isAllowed(action, app)}
      {...shortcutHints(action, app)}
      onClick={() => void perform(action, app)}
    >
      {t(action.label)}
    </button>
  );
}
