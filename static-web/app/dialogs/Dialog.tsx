import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Frame } from "./Frame.tsx";

/** A button at the foot of a dialog; every one of them closes it. */
export interface DialogChoice {
  readonly id: string;
  readonly label: string;
  readonly look: "primary" | "quiet" | "danger";
  choose?(): void;
}

/** A question or a message with a few choices. The first has the focus, so the harmless one comes first. */
export function Dialog(props: {
  readonly title: string;
  readonly choices: readonly DialogChoice[];
  readonly onClosed: () => void;
  readonly children: ComponentChildren;
}) {
  const title = useId();
  return (
    <Frame labelledBy={title} onLeave={props.onClosed}>
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
              props.onClosed();
              choose?.();
            }}
          >
            {label}
          </button>
        ))}
      </footer>
    </Frame>
  );
}

/** Whether a modal dialog is open: the page behind it takes no keys. */
export const isDialogOpen = (): boolean => document.querySelector("dialog[open]") !== null;
