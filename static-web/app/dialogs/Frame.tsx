import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "./composing.ts";

/**
 * The browser's own modal dialog, open as long as it is rendered: it keeps the focus inside and gives it back. Escape, the
 * browser's own ways to close it and a press outside ask to leave; whether it goes is for who renders it.
 */
export function Frame(props: {
  readonly labelledBy: string;
  readonly look?: string;
  readonly onLeave: () => void;
  readonly children: ComponentChildren;
}) {
  const { labelledBy, look = "", onLeave, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const pressedOutside = useRef(false);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close(); // Else the focus would be lost with it.
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${look}`}
      aria-labelledby={labelledBy}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault(); // Else the browser asks to close it, too.
        event.stopPropagation();
        if (!isComposing(event)) onLeave();
      }}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onLeave();
      }}
      onClose={(event) => {
        // A browser closes it all the same when it is asked twice: what is typed must not go with it.
        const element = dialog.current;
        if (event.target !== element || element?.isConnected !== true) return;
        element.showModal();
        onLeave();
      }}
      onPointerDown={(event) => {
        pressedOutside.current = isOutside(event);
      }}
      onClick={(event) => {
        // Also where it was pressed: text is selected by dragging out. The second click of two was meant for what the
        // first one opened.
        if (pressedOutside.current && isOutside(event) && event.detail < 2) onLeave();
      }}
    >
      {children}
    </dialog>
  );
}

/** Whether a press is on the cover behind the dialog, which is a part of it to the browser. */
function isOutside(event: MouseEvent): boolean {
  if (event.target !== event.currentTarget || !(event.currentTarget instanceof Element)) return false;
  const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}
