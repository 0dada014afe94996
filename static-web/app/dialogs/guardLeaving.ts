import type { Dialogs } from "./dialogs.ts";

/** What guarding needs of a window. */
export interface LeavingHost {
  addEventListener(name: "beforeunload", listener: (event: Pick<Event, "preventDefault">) => void): void;
  removeEventListener(name: "beforeunload", listener: (event: Pick<Event, "preventDefault">) => void): void;
}

/** Lets the browser ask before it reloads or closes a page in which something typed would be lost. Returns what ends that. */
export function guardLeaving(dialogs: Dialogs, host: LeavingHost): () => void {
  const onLeave = (event: Pick<Event, "preventDefault">): void => {
    if (dialogs.open.peek().some((dialog) => dialog.guard())) event.preventDefault();
  };
  host.addEventListener("beforeunload", onLeave);
  return () => host.removeEventListener("beforeunload", onLeave);
}
