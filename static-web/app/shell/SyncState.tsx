import Chevron from "icon:chevron-down";
import { signal } from "@preact/signals";
import { t } from "../i18n/t.ts";
import type { SyncStatus } from "../store/status.ts";
import type { OutboxEntry } from "../store/store.ts";
import type { AppContext } from "./context.ts";
import { SyncDetails } from "./SyncStateDetails.tsx";
import { SyncIcon } from "./SyncStateIcon.tsx";
import { SyncNotices } from "./SyncStateNotices.tsx";
import { lookOf, type SyncLook } from "./syncLook.ts";

const DETAILS = "sync-details";

/** Whether the person wants to see the details; while they have not said, they are shown when something was refused. */
const isWanted = signal<boolean | null>(null);

function sentence(look: SyncLook, { phase }: SyncStatus): string {
  switch (look) {
    case "saved":
      return t("sync.done");
    case "waiting":
      // How many says it all.
      return "";
    case "readOnly":
      return t("sync.readOnly");
    default:
      return phase === "done" ? t("sync.otherwiseDone") : t(`sync.phase.${phase}`);
  }
}

/**
 * Whether everything is saved, and on demand what still waits, what the server refused, and what can be done about it. To
 * the eye and the hand icon, sentence and button are one. To who listens the sentence is a status of its own, and the
 * button has a name that does not change under the focus.
 */
export function SyncState({ app }: { readonly app: AppContext }) {
  const report = app.sync.report.value;
  const entries: readonly OutboxEntry[] = [...app.store.outbox.value.values()];
  const refused = entries.filter((entry) => entry.refused !== null);
  const waiting = entries.filter((entry) => entry.refused === null);
  const isOpen = isWanted.value ?? refused.length > 0;
  const look = lookOf(report, waiting.length, refused.length);
  return (
    <div class="sync">
      <div class={`sync-line is-${look}`}>
        <SyncIcon look={look} waiting={waiting.length} />
        <p id="sync-state" role="status">
          {sentence(look, report.status)}
          {waiting.length > 0 && <span class="sync-count"> {t("sync.waiting", { n: waiting.length })}</span>}
          {refused.length > 0 && (
            <span class="sync-count"> {t("sync.refusedCount", { n: refused.length })}</span>
          )}
        </p>
        <button
          type="button"
          id="sync-details-button"
          aria-expanded={isOpen}
          aria-controls={DETAILS}
          onClick={() => {
            isWanted.value = !isOpen;
          }}
        >
          <span>{t("sync.details")}</span>
          <Chevron />
        </button>
      </div>
      {look === "signedOut" && <a href="/login#page=/app/">{t("sync.signInAgain")}</a>}
      <SyncNotices app={app} />
      <section id={DETAILS} class="sync-details" aria-label={t("sync.details")} hidden={!isOpen}>
        {isOpen && <SyncDetails app={app} waiting={waiting} refused={refused} />}
      </section>
    </div>
  );
}
