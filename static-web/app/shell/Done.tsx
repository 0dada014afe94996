import { useLayoutEffect, useRef } from "preact/hooks";
import type { Action } from "../actions/action.ts";
import { redo } from "../actions/redo.ts";
import { undo } from "../actions/undo.ts";
import { t } from "../i18n/t.ts";
import { focusStart } from "../today/StartBar.tsx";
import { ActionButton } from "./ActionButton.tsx";
import type { AppContext } from "./context.ts";

/** What was done last, and beside it the way back, which says what it takes back, for as long as nothing else is done. */
export function Done({ app }: { readonly app: AppContext }) {
  const [undoable, redoable] = [app.history.undoable.value, app.history.redoable.value];
  return (
    <div class="done">
      <p role="status">{app.announcement.value}</p>
      {undoable !== null && <Way app={app} action={undo} label={t("undo.what", { what: t(undoable) })} />}
      {redoable !== null && <Way app={app} action={redo} label={t("redo.what", { what: t(redoable) })} />}
    </div>
  );
}

/** A way through the steps. Whoever took the last one by keyboard is led to the other way, or to the start. */
function Way(props: { readonly app: AppContext; readonly action: Action; readonly label: string }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const span = place.current;
    return () => {
      if (!span?.querySelector(":focus-visible")) return;
      const bar = span.parentElement;
      queueMicrotask(() => {
        const other = bar?.querySelector("button");
        if (other) other.focus();
        else focusStart();
      });
    };
  }, []);
  return (
    <span ref={place}>
      <ActionButton {...props} />
    </span>
  );
}
