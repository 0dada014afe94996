import { type ReadonlySignal, signal } from "@preact/signals";
import type { RecordEditor } from "../record/editor.ts";

/** What a dialog is about. */
export type DialogContent =
  | { readonly kind: "record"; readonly editor: RecordEditor }
  | { readonly kind: "palette" }
  | { readonly kind: "help" };

/** A dialog that is open, as it and the stack know each other. */
export interface OpenDialog {
  readonly id: number;
  readonly content: DialogContent;
  /** Closes it, whatever is in it. */
  close(): void;
  /** Closes it, unless something in it would be lost by that: then the person is asked. */
  leave(): void;
  /** One step back, as Escape and Back ask for it: closes what lies open within it, otherwise leaves it. */
  stepBack(): void;
  /** Says from when on, and as long as, something would be lost. */
  guard: () => boolean;
  /** Closes what lies open within it, such as a list. Returns whether anything did. */
  closeInner: () => boolean;
}

/** The dialogs that are open, the last one on top. */
export class Dialogs {
  readonly open: ReadonlySignal<readonly OpenDialog[]>;
  /** The dialog that is to be left although something in it would be lost; null while nobody asked for that. */
  readonly leaving: ReadonlySignal<OpenDialog | null>;
  /** Whether the browser has yet to take the step back in its history that closing the last dialog asks for. */
  readonly isSteppingBack = signal(false);
  readonly #open = signal<readonly OpenDialog[]>([]);
  readonly #leaving = signal<OpenDialog | null>(null);
  #next = 0;

  constructor() {
    this.open = this.#open;
    this.leaving = this.#leaving;
  }

  /** Opens a dialog above the others. */
  show(content: DialogContent): OpenDialog {
    const dialog: OpenDialog = {
      id: this.#next++,
      content,
      guard: () => false,
      closeInner: () => false,
      close: () => this.#close(dialog),
      leave: () => {
        if (dialog.guard()) this.#leaving.value = dialog;
        else this.#close(dialog);
      },
      stepBack: () => {
        if (!dialog.closeInner()) dialog.leave();
      },
    };
    this.#open.value = [...this.#open.value, dialog];
    return dialog;
  }

  /** Resolves when nothing is left to be done about a dialog that was closed, so that the page may be left, too. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.isSteppingBack.subscribe((isStepping) => {
        if (isStepping) return;
        resolve();
        queueMicrotask(() => end());
      });
    });
  }

  /** Leaves the question about the one on top, what lies open within that one, or it. */
  leaveTop(): void {
    if (this.#leaving.value !== null) this.stay();
    else this.#open.value.at(-1)?.stepBack();
  }

  /** Goes on with the dialog that was to be left. */
  stay(): void {
    this.#leaving.value = null;
  }

  #close(dialog: OpenDialog): void {
    this.#open.value = this.#open.value.filter((other) => other !== dialog);
    if (this.#leaving.value === dialog) this.#leaving.value = null;
  }
}
