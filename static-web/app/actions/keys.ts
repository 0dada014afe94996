import { t } from "../i18n/t.ts";
import type { Action } from "./action.ts";

/** The keys that have a name. */
export type KeyName = "control" | "shift" | "enter" | "escape" | "tab" | "up" | "down" | "hash";

const isApple = /^(?:Mac|iP)/.test(globalThis.navigator?.platform ?? "");

/** A key's name, as it stands on the keyboard. */
export const keyName = (name: KeyName): string =>
  name === "control" && isApple ? t("key.command") : t(`key.${name}`);

/** The keys that do what an action does, to be pressed together; none where it has none, or single keys are switched off. */
export function keysOf({ chord, shortcut }: Action, hasSingleKeys: boolean): readonly string[] {
  if (chord !== undefined)
    return [keyName("control"), ...(chord.shift ? [keyName("shift")] : []), chord.letter.toUpperCase()];
  if (shortcut === undefined || !hasSingleKeys) return [];
  return [...(shortcut.shift ? [keyName("shift")] : []), shortcut.key.toUpperCase()];
}

/** The same for `aria-keyshortcuts`, where keys have the names that the standard gives them. */
export function standardKeysOf({ chord, shortcut }: Action, hasSingleKeys: boolean): string | undefined {
  const shift = (chord ?? shortcut)?.shift ? "Shift+" : "";
  if (chord !== undefined) return `${isApple ? "Meta" : "Control"}+${shift}${chord.letter.toUpperCase()}`;
  return shortcut === undefined || !hasSingleKeys ? undefined : `${shift}${shortcut.key.toUpperCase()}`;
}
