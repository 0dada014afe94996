import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

/** A button at the foot of a dialog; every one of them closes it. */
export interface DialogChoice {
  readonly id: string;
  readonly label: string;
  readonly look: "primary" | "quiet" | "danger";
  choose?(): void;
}

/**
 * A modal dialog, open as long as it is rendered. The browser keeps the focus inside, closes it on Escape and gives the
 * focus back; the first choice has it at first, so the harmless one comes first.
 */
export function Dialog(props: {
  readonly title: string;
  readonly choices: readonly DialogChoice[];
  readonly onClosed: () => void;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={title} onClose={props.onClosed}>
      <header>
        <h2 id={title}>{props.title}</h2>
      </header>
      <div class="content">{props.children}</div>
      <footer>
        {props.choices.map(({ id, label, look, choose }, i) => (
          <button
            key={id}
            type="button"
            class={`button ${look}`}
            autofocus={i === 0}
            onClick={() => {
              dialog.current?.close();
              choose?.();
            }}
          >
            {label}
          </button>
        ))}
      </footer>
    </dialog>
  );
}

/** Whether a modal dialog is open: the page behind it takes no keys. */
export const isDialogOpen = (): boolean => document.querySelector("dialog[open]") !== null;
