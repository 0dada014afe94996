import type { PlainMessageKey } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";

/** Something a person can do; buttons, menus and shortcuts all read it from here. */
export interface Action {
  readonly id: string;
  readonly label: PlainMessageKey;
  /** A single lower-case letter, pressed without Ctrl, Alt or Meta. */
  readonly shortcut?: string;
  isEnabled(app: AppContext): boolean;
  perform(app: AppContext): Promise<void> | void;
}
