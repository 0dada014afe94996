import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import { ReadOnlyError, SettingTooLargeError } from "../store/history.ts";
import type { Action } from "./action.ts";

/** What is attempted: an action, or something like one. */
export type Attempt = Pick<Action, "id" | "changesData" | "isRepeatable">;

/** Whether the app lets this be done now: nothing changes data while the server takes no changes. */
export const isAllowed = ({ changesData = false }: Attempt, app: AppContext): boolean =>
  !(changesData && app.sync.report.value.isReadOnly);

/** Does something, if it is allowed and nothing else is being done; a failure becomes a notice. */
export async function attempt(
  what: Attempt,
  app: AppContext,
  work: () => Promise<void> | void,
): Promise<void> {
  if (!isAllowed(what, app)) {
    app.notice.value = { text: t("action.readOnly") };
    return;
  }
  if (!app.turn.take(what.id, what.isRepeatable)) return;
  app.notice.value = null;
  app.announcement.value = "";
  let hasFailed = false;
  try {
    await work();
  } catch (error) {
    hasFailed = true;
    app.notice.value = { text: failureText(error) };
  } finally {
    app.turn.end(hasFailed);
  }
}

/** What to say of an edit that could not be stored. */
function failureText(error: unknown): string {
  if (error instanceof ReadOnlyError) return t("action.readOnly");
  if (error instanceof SettingTooLargeError) return t("action.settingTooLarge", { n: error.excess });
  const name = error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return t("action.noRoom");
  if (name === "InvalidStateError") return t("action.notOpen");
  return t("action.failed", { reason: error instanceof Error ? error.message : String(error) });
}
