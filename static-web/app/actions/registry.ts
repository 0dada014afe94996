import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import type { Action } from "./action.ts";
import { signOut } from "./signOut.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";

/** Every action. */
export const actions: readonly Action[] = [start, stop, signOut];

/** Performs an action, if it is enabled and no other runs; a failure becomes a notice. */
export async function perform(action: Action, app: AppContext): Promise<void> {
  if (!action.isEnabled(app) || !app.turn.take(action.id)) return;
  app.notice.value = null;
  app.announcement.value = "";
  try {
    await action.perform(app);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.notice.value = { text: t("action.failed", { reason }), aboutDraft: false };
  } finally {
    app.turn.end();
  }
}

const TAKES_LETTERS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

/** The action that a key press asks for, if it does. */
export function actionFor(event: KeyboardEvent): Action | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const target = event.target;
  if (target instanceof Element && target.closest(TAKES_LETTERS) !== null) return undefined;
  return actions.find((action) => action.shortcut === event.key.toLowerCase());
}
