import type { JSX } from "preact";
import type { TimeRecord } from "../domain/record.ts";
import type { PlainMessageKey } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";

/** A picture beside a label, from `icon:…`. */
export type Icon = () => JSX.Element;

/** Something a person can do; buttons, shortcuts, the list of all actions and the help all read it from here. */
export interface Action {
  readonly id: string;
  readonly label: PlainMessageKey;
  /** What it does, in a sentence. */
  readonly hint: PlainMessageKey;
  /** Other words under which people look for it. */
  readonly keywords?: PlainMessageKey;
  readonly icon: Icon;
  /** A lower-case letter, perhaps with Shift, or `?`; pressed without Ctrl, Alt or Meta. */
  readonly shortcut?: { readonly key: string; readonly shift?: boolean };
  /** The letter that does it together with Ctrl or Cmd, and perhaps Shift; perhaps also while a field has the cursor. */
  readonly chord?: { readonly letter: string; readonly shift: boolean; readonly isForFields?: boolean };
  /** Whether it changes the person's data, which cannot be done while the server takes no changes. */
  readonly changesData?: boolean;
  /** Whether pressing twice at once asks for it twice. */
  readonly isRepeatable?: boolean;
  /** What is said where it is not enabled. */
  readonly lack?: PlainMessageKey;
  /** Whether this app has it at all; it always does where this is left out. */
  isOffered?(app: AppContext): boolean;
  isEnabled(app: AppContext): boolean;
  perform(app: AppContext): Promise<void> | void;
}

/** Something a person can do to one record. */
export interface RecordAction {
  readonly id: string;
  readonly label: PlainMessageKey;
  readonly icon: Icon;
  isEnabled(app: AppContext, record: TimeRecord): boolean;
  /** Does it. Resolves with whether it was done; why not is said in a notice. */
  perform(app: AppContext, record: TimeRecord): Promise<boolean>;
}
