import type { Dialogs } from "./dialogs.ts";

/** What guarding needs of a window. */
export interface LeavingHost {
  addEventListener(name: "beforeunload", listener: (event: Pick<Event, "preventDefault">) => void): void;
  removeEventListener(name: "beforeunload", listener: (event: Pick<Event, "preventDefault">) => void): void;
}

let isLeavingAnyway = false;

/** The page is about to be left because nothing of it is for whoever looks at it now: the browser shall not ask. */
export function leaveAnyway(): void {
  isLeavingAnyway = true;
}

/** Lets the browser ask before it reloads or closes a page in which something typed would be lost. Returns what ends that. */
export function guardLeaving(dialogs: Dialogs, host: LeavingHost): () => void {
  const onLeave = (event: Pick<Event, "preventDefault">): void => {
    if (!isLeavingAnyway && dialogs.open.peek().some((dialog) => dialog.guard())) event.preventDefault();
  };
  host.addEventListener("beforeunload", onLeave);
  return () => host.removeEventListener("beforeunload", onLeave);
}
