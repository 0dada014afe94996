import { useSignal } from "@preact/signals";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import type { OutboxEntry } from "../store/store.ts";
import { download, fileOf } from "./file.ts";
import { KEPT_MS, type SignedOut } from "./notes.ts";

/** Says that somebody was signed out from elsewhere, and what can be done with what had not been sent. */
export function SignedOutCard(props: {
  readonly note: SignedOut;
  readonly entries: readonly OutboxEntry[];
  readonly onDiscard: () => void;
}) {
  const { note, entries, onDiscard } = props;
  const name = note.username;
  return (
    <div class="card">
      <h1>{t("signedOut.title")}</h1>
      <p role="alert">{t("signedOut.why", { name, time: momentOf(note.at) })}</p>
      {entries.length > 0 && (
        <p>{t("signedOut.unsent", { n: entries.length, name, time: momentOf(note.at + KEPT_MS) })}</p>
      )}
      <div class="choices">
        <a class="button primary" href="/login#page=/app/">
          {t("login.title")}
        </a>
        {entries.length > 0 && <Unsent entries={entries} onDiscard={onDiscard} />}
      </div>
    </div>
  );
}

function Unsent({ entries, onDiscard }: Pick<Parameters<typeof SignedOutCard>[0], "entries" | "onDiscard">) {
  const asks = useSignal(false);
  const isSaved = useSignal(false);
  const save = (): void => {
    download("timetagger-unsent.json", fileOf(entries));
    isSaved.value = true;
  };
  return (
    <>
      <button type="button" class="button" onClick={save}>
        {t("signedOut.save")}
      </button>
      {asks.value ? (
        <button type="button" class="button danger" onClick={onDiscard}>
          {t("signedOut.discardNow", { n: entries.length })}
        </button>
      ) : (
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            asks.value = true;
          }}
        >
          {t("signedOut.discard")}
        </button>
      )}
      <p role="status">{isSaved.value && t("signedOut.saved")}</p>
    </>
  );
}

/** A moment (unix milliseconds) with its date, unless it is of today. */
function momentOf(ms: number): string {
  const start = new Date().setHours(0, 0, 0, 0) / 1000;
  return formats().time(ms / 1000, { from: start, to: start + 86_400 });
}
