import { t } from "../i18n/t.ts";
import type { OutboxEntry } from "../store/database.ts";
import type { SyncStatus } from "../store/sync.ts";
import type { AppContext } from "./context.ts";

function sentence(status: SyncStatus, waiting: number, refused: number): string {
  switch (status.phase) {
    case "done":
      // Never "all saved" while something is not.
      if (waiting > 0) return "";
      return refused > 0 ? t("sync.otherwiseDone") : t("sync.done");
    case "trouble":
      return t("sync.trouble", { reason: status.text });
    case "notice":
      return status.text;
    default:
      return t(`sync.phase.${status.phase}`);
  }
}

function nameOf(entry: OutboxEntry): string {
  if (entry.kind === "settings") return t("sync.refusedSetting", { name: entry.key });
  return entry.item.ds === "" ? t("record.noDescription") : entry.item.ds;
}

/** Whether everything is saved, what still waits, and what the server refused. */
export function SyncState({ app }: { readonly app: AppContext }) {
  const status = app.sync.status.value;
  const entries = [...app.store.outbox.value.values()];
  const refused = entries.filter((entry) => entry.refused !== null);
  const waiting = entries.length - refused.length;
  return (
    <div class="sync">
      <p id="sync-state" class={`sync-state ${status.phase}`} role="status">
        {sentence(status, waiting, refused.length)}
        {waiting > 0 && <span class="sync-waiting"> {t("sync.waiting", { n: waiting })}</span>}
      </p>
      {status.phase === "signedOut" && <a href="/login#page=/app/">{t("sync.signInAgain")}</a>}
      {refused.length > 0 && (
        <div class="notice" role="alert">
          <p>{t("sync.refusedTitle")}</p>
          <ul>
            {refused.map((entry) => (
              <li key={`${entry.kind}/${entry.key}`}>
                {t("sync.refused", { what: nameOf(entry), reason: entry.refused ?? "" })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
