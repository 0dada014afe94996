import { signal } from "@preact/signals";
import { t } from "../i18n/t.ts";
import type { SyncStatus } from "../store/status.ts";
import type { OutboxEntry } from "../store/store.ts";
import type { AppContext } from "./context.ts";
import { SyncDetails } from "./SyncStateDetails.tsx";
import { SyncNotices } from "./SyncStateNotices.tsx";

const DETAILS = "sync-details";

/** Whether the person wants to see the details; while they have not said, they are shown when something was refused. */
const isWanted = signal<boolean | null>(null);

function sentence(status: SyncStatus, waiting: number, refused: number): string {
  switch (status.phase) {
    case "done":
      // Never "all saved" while something is not.
      if (waiting > 0) return "";
      return refused > 0 ? t("sync.otherwiseDone") : t("sync.done");
    case "trouble":
      return t("sync.trouble", { reason: status.text });
    case "storage":
      return t("sync.storage", { reason: status.text });
    default:
      return t(`sync.phase.${status.phase}`);
  }
}

/** Whether everything is saved; on demand what still waits and what the server refused, and what can be done about it. */
export function SyncState({ app }: { readonly app: AppContext }) {
  const { status, isReadOnly } = app.sync.report.value;
  const entries: readonly OutboxEntry[] = [...app.store.outbox.value.values()];
  const refused = entries.filter((entry) => entry.refused !== null);
  const waiting = entries.filter((entry) => entry.refused === null);
  const isOpen = isWanted.value ?? refused.length > 0;
  return (
    <div class="sync">
      <p id="sync-state" class={`sync-state ${status.phase}`} role="status">
        {isReadOnly ? t("sync.readOnly") : sentence(status, waiting.length, refused.length)}
        {waiting.length > 0 && <span class="sync-waiting"> {t("sync.waiting", { n: waiting.length })}</span>}
        {refused.length > 0 && (
          <span class="sync-refused"> {t("sync.refusedCount", { n: refused.length })}</span>
        )}
      </p>
      <button
        type="button"
        id="sync-details-button"
        class="button quiet"
        aria-expanded={isOpen}
        aria-controls={DETAILS}
        onClick={() => {
          isWanted.value = !isOpen;
        }}
      >
        {t("sync.details")}
      </button>
      {status.phase === "signedOut" && <a href="/login#page=/app/">{t("sync.signInAgain")}</a>}
      <SyncNotices app={app} />
      <section id={DETAILS} class="sync-details" aria-label={t("sync.details")} hidden={!isOpen}>
        {isOpen && <SyncDetails app={app} waiting={waiting} refused={refused} />}
      </section>
    </div>
  );
}
