import type { AppContext } from "../shell/context.ts";
import type { Action } from "./action.ts";
import { attempt } from "./attempt.ts";
import { resumeLast } from "./resume.ts";
import { signOut } from "./signOut.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";
import { redo, undo } from "./undo.ts";

/** Every action. */
export const actions: readonly Action[] = [start, resumeLast, stop, undo, redo, signOut];

/** Performs an action, if it is enabled and allowed and no other runs; a failure becomes a notice. */
export async function perform(action: Action, app: AppContext): Promise<void> {
  if (action.isEnabled(app)) await attempt(action, app, () => action.perform(app));
}

const TAKES_LETTERS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

/** The action that a key press asks for, if it does. `hasSingleKeys` says whether letters alone do. */
export function actionFor(event: KeyboardEvent, hasSingleKeys: boolean): Action | undefined {
  if (event.defaultPrevented || event.isComposing || event.altKey) return undefined;
  const target = event.target;
  // A field has its own undo.
  if (target instanceof Element && target.closest(TAKES_LETTERS) !== null) return undefined;
  const letter = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey)
    return actions.find(({ chord }) => chord?.letter === letter && chord.shift === event.shiftKey);
  if (event.repeat || !hasSingleKeys) return undefined;
  return actions.find(
    ({ shortcut }) => shortcut?.key === letter && (shortcut.shift ?? false) === event.shiftKey,
  );
}
