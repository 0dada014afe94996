import { redo } from "../actions/redo.ts";
import { undo } from "../actions/undo.ts";
import { ActionButton } from "./ActionButton.tsx";
import type { AppContext } from "./context.ts";

/** What was done last, and beside it the way back, for as long as nothing else is done. */
export function Done({ app }: { readonly app: AppContext }) {
  const [canUndo, canRedo] = [undo.isEnabled(app), redo.isEnabled(app)];
  return (
    <div class="done">
      <p role="status">{app.announcement.value}</p>
      {canUndo && <ActionButton action={undo} app={app} />}
      {canRedo && <ActionButton action={redo} app={app} />}
    </div>
  );
}
