import type { PlainMessageKey } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";

/** Something a person can do; buttons, menus and shortcuts all read it from here. */
export interface Action {
  readonly id: string;
  readonly label: PlainMessageKey;
  /** A single lower-case letter, pressed without Ctrl, Alt or Meta, and perhaps with Shift. */
  readonly shortcut?: { readonly key: string; readonly shift?: boolean };
  /** The letter that does it together with Ctrl or Cmd, and perhaps Shift. */
  readonly chord?: { readonly letter: string; readonly shift: boolean };
  /** Whether it changes the person's data, which cannot be done while the server takes no changes. */
  readonly changesData?: boolean;
  /** Whether pressing twice at once asks for it twice. */
  readonly isRepeatable?: boolean;
  isEnabled(app: AppContext): boolean;
  perform(app: AppContext): Promise<void> | void;
}
