import { start } from "../actions/start.ts";
import { t } from "../i18n/t.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";

/** Puts the focus where the next record is started. */
export const focusStart = (): void => document.getElementById(`action-${start.id}`)?.focus();

/** The way to start, and what the person should know about their last action. */
export function StartBar({ app }: { readonly app: AppContext }) {
  const isBusy = app.running.value.length > 0;
  return (
    <div class="start-bar">
      <h2>{t(isBusy ? "start.next" : "start.first")}</h2>
      <ActionButton action={start} app={app} look={isBusy ? "quiet" : "primary"} />
      <p id="notice" class="notice" role="alert">
        {app.dialogs.open.value.length === 0 && app.notice.value?.text}
      </p>
    </div>
  );
}
