import { effect } from "@preact/signals";
import type { Dialogs } from "./dialogs.ts";

/** What following the Back button needs of a window. */
export interface BackHost {
  readonly history: Pick<History, "pushState" | "back" | "state">;
  addEventListener(name: "popstate", listener: () => void): void;
  removeEventListener(name: "popstate", listener: () => void): void;
}

const OPEN = { dialog: true };

const isOfDialog = (state: unknown): boolean =>
  typeof state === "object" && state !== null && "dialog" in state;

/**
 * Lets Back leave the dialog on top: while any is open, the page has one entry more in the browser's history. Returns what
 * ends that.
 */
export function followBack(dialogs: Dialogs, host: BackHost): () => void {
  const { history } = host;
  let hasEntry = false;
  // Steps back that we take ourselves, and that the browser has not told yet.
  let own = 0;
  const follow = (): void => {
    const isOpen = dialogs.open.value.length > 0;
    if (isOpen === hasEntry) return;
    hasEntry = isOpen;
    if (isOpen) history.pushState(OPEN, "");
    else if (isOfDialog(history.state)) {
      own += 1;
      dialogs.isSteppingBack.value = true;
      history.back();
    }
  };
  const onPop = (): void => {
    if (own > 0) {
      own -= 1;
      // Another was opened before the step was taken.
      if (hasEntry && !isOfDialog(history.state)) history.pushState(OPEN, "");
      dialogs.isSteppingBack.value = own > 0;
      return;
    }
    if (!hasEntry || isOfDialog(history.state)) return;
    hasEntry = false;
    dialogs.leaveTop();
    follow();
  };
  host.addEventListener("popstate", onPop);
  const end = effect(follow);
  return () => {
    end();
    host.removeEventListener("popstate", onPop);
  };
}
