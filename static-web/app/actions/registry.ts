import { isComposing } from "../dialogs/composing.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import type { Action, RecordAction } from "./action.ts";
import { alreadyDone } from "./alreadyDone.ts";
import { attempt, isAllowed } from "./attempt.ts";
import { chooseLanguage } from "./chooseLanguage.ts";
import { chooseTheme } from "./chooseTheme.ts";
import { deleteRecord } from "./deleteRecord.ts";
import { editRecord } from "./editRecord.ts";
import { openAccount } from "./openAccount.ts";
import { openHelp } from "./openHelp.ts";
import { openPalette } from "./openPalette.ts";
import { redo } from "./redo.ts";
import { resumeLast } from "./resumeLast.ts";
import { resumeRecord } from "./resumeRecord.ts";
import { signOut } from "./signOut.ts";
import { start } from "./start.ts";
import { startEarlier } from "./startEarlier.ts";
import { stop } from "./stop.ts";
import { stopAtLastActivity } from "./stopAtLastActivity.ts";
import { stopEarlier } from "./stopEarlier.ts";
import { switchClock } from "./switchClock.ts";
import { switchSingleKeys } from "./switchSingleKeys.ts";
import { syncNow } from "./syncNow.ts";
import { throwAway } from "./throwAway.ts";
import { throwAwayRecord } from "./throwAwayRecord.ts";
import { undo } from "./undo.ts";

/** Every action, in the order in which people find them. */
export const actions: readonly Action[] = [
  start,
  startEarlier,
  alreadyDone,
  resumeLast,
  stop,
  stopEarlier,
  stopAtLastActivity,
  throwAway,
  undo,
  redo,
  syncNow,
  openHelp,
  openPalette,
  switchSingleKeys,
  switchClock,
  ...chooseTheme,
  ...chooseLanguage,
  openAccount,
  signOut,
];

/** Everything that can be done to one record. */
export const recordActions: readonly RecordAction[] = [
  editRecord,
  resumeRecord,
  deleteRecord,
  throwAwayRecord,
];

/** The actions that this app has. */
export const offered = (app: AppContext): readonly Action[] =>
  actions.filter((action) => action.isOffered?.(app) ?? true);

/** Performs an action, if it is enabled and allowed and no other runs; a failure becomes a notice. */
export async function perform(action: Action, app: AppContext): Promise<void> {
  if (action.isEnabled(app)) await attempt(action, app, () => action.perform(app));
}

/** Why an action cannot be done now, in a sentence; null where it can. */
export function refusalOf(action: Action, app: AppContext): string | null {
  if (!action.isEnabled(app)) return t(action.lack ?? "action.lack.other");
  return isAllowed(action, app) ? null : t("action.readOnly");
}

const TAKES_LETTERS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

/** The action that a key press asks for, if it does. `hasSingleKeys` says whether one key alone does. */
export function actionFor(event: KeyboardEvent, hasSingleKeys: boolean): Action | undefined {
  if (event.defaultPrevented || isComposing(event) || event.altKey) return undefined;
  const { target } = event;
  // A field has its own undo.
  const isInField = target instanceof Element && target.closest(TAKES_LETTERS) !== null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey)
    return actions.find(
      ({ chord }) =>
        chord?.letter === key && chord.shift === event.shiftKey && (!isInField || chord.isForFields === true),
    );
  if (isInField || event.repeat || !hasSingleKeys) return undefined;
  // Which keys make a sign is for the keyboard to say.
  const isLetter = /^[a-z]$/.test(key);
  return actions.find(
    ({ shortcut }) => shortcut?.key === key && (!isLetter || (shortcut.shift ?? false) === event.shiftKey),
  );
}
