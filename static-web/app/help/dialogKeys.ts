import type { KeyName } from "../actions/keys.ts";
import type { PlainMessageKey } from "../i18n/t.ts";

/** Keys that mean the same in every dialog. */
export interface DialogKeys {
  /** To be pressed together; or where they are not, one or the other. */
  readonly keys: readonly KeyName[];
  readonly says: PlainMessageKey;
}

/** What keys do in dialogs, beside the actions. */
export const dialogKeys: readonly DialogKeys[] = [
  { keys: ["enter"], says: "help.in.enter" },
  { keys: ["control", "enter"], says: "help.in.controlEnter" },
  { keys: ["escape"], says: "help.in.escape" },
  { keys: ["up", "down"], says: "help.in.arrows" },
  { keys: ["tab"], says: "help.in.tab" },
  { keys: ["hash"], says: "help.in.hash" },
];
