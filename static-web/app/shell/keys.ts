import { actionFor, perform } from "../actions/registry.ts";
import { isDialogOpen } from "../dialogs/Dialog.tsx";
import type { AppContext } from "./context.ts";

/** Listens for the actions' keys. */
export function followKeys(app: AppContext): void {
  document.addEventListener("keydown", (event) => {
    if (isHeldEnter(event)) {
      event.preventDefault();
      return;
    }
    if (isDialogOpen()) return;
    const action = actionFor(event, app.settings.get("single_key_shortcuts"));
    if (action === undefined) return;
    event.preventDefault();
    void perform(action, app);
  });
}

/** Whether this is Enter held down where the browser would submit or click again and again. */
function isHeldEnter(event: KeyboardEvent): boolean {
  const target = event.target;
  const acts = target instanceof HTMLInputElement || target instanceof HTMLButtonElement;
  return event.repeat && event.key === "Enter" && acts;
}
