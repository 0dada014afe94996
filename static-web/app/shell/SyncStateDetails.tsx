import { useState } from "preact/hooks";
import { attempt } from "../actions/attempt.ts";
import { correct } from "../actions/correct.ts";
import { syncNow } from "../actions/syncNow.ts";
import { DESCRIPTION_LIMIT } from "../domain/description.ts";
import { isHidden } from "../domain/record.ts";
import { shownDescription } from "../domain/recordRules.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { idOf, type OutboxEntry } from "../store/store.ts";
import { ActionButton } from "./ActionButton.tsx";
import type { AppContext } from "./context.ts";

/** More entries than this are counted, not listed. */
const MOST_LISTED = 20;

interface EntriesProps {
  readonly app: AppContext;
  readonly entries: readonly OutboxEntry[];
}

/** When the browser was last in step with the server, what waits and what was refused. */
export function SyncDetails(props: {
  readonly app: AppContext;
  readonly waiting: readonly OutboxEntry[];
  readonly refused: readonly OutboxEntry[];
}) {
  const { app, waiting, refused } = props;
  const { lastSync, status } = app.sync.report.value;
  return (
    <>
      {"text" in status && <p>{t("sync.reason", { reason: status.text })}</p>}
      <p>
        {lastSync === null
          ? t("sync.never")
          : t("sync.last", { time: formats().time(lastSync, app.day.value) })}
      </p>
      <ActionButton action={syncNow} app={app} />
      {waiting.length > 0 && <Waiting app={app} entries={waiting} />}
      {refused.length > 0 && <Refused app={app} entries={refused} />}
    </>
  );
}

function Waiting({ entries }: EntriesProps) {
  return (
    <>
      <h2>{t("sync.waitingTitle")}</h2>
      <ul>
        {entries.slice(0, MOST_LISTED).map((entry) => (
          <li key={idOf(entry)}>{titleOf(entry)}</li>
        ))}
      </ul>
      <More n={entries.length - MOST_LISTED} />
    </>
  );
}

function Refused({ app, entries }: EntriesProps) {
  return (
    <>
      <h2>{t("sync.refusedTitle")}</h2>
      <ul>
        {entries.slice(0, MOST_LISTED).map((entry) => (
          <RefusedEntry key={idOf(entry)} app={app} entry={entry} />
        ))}
      </ul>
      <More n={entries.length - MOST_LISTED} />
      {entries.length > 1 && (
        <div class="choices">
          <Resend app={app} entries={entries} label={t("sync.resendAll")} />
          <Discard app={app} entries={entries} label={t("sync.discardAll")} />
        </div>
      )}
    </>
  );
}

function RefusedEntry({ app, entry }: { readonly app: AppContext; readonly entry: OutboxEntry }) {
  const [isCorrecting, setCorrecting] = useState(false);
  return (
    <li>
      <p>{t("sync.refused", { what: titleOf(entry), reason: entry.refused ?? "" })}</p>
      {isCorrecting && entry.kind === "records" ? (
        <Correction app={app} entry={entry} onEnd={() => setCorrecting(false)} />
      ) : (
        <div class="choices">
          {isCorrectable(entry) && (
            <button type="button" class="button quiet" onClick={() => setCorrecting(true)}>
              {t("sync.correct")}
            </button>
          )}
          <Resend app={app} entries={[entry]} label={t("sync.resend")} />
          <Discard app={app} entries={[entry]} label={t("sync.discard")} />
        </div>
      )}
    </li>
  );
}

function Correction(props: {
  readonly app: AppContext;
  readonly entry: OutboxEntry & { readonly kind: "records" };
  readonly onEnd: () => void;
}) {
  const { app, entry, onEnd } = props;
  const [text, setText] = useState(entry.item.ds);
  const id = `correct-${entry.key}`;
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        void correct(app, entry, text).then((isCorrected) => isCorrected && onEnd());
      }}
    >
      <label for={id}>{t("sync.correction", { n: DESCRIPTION_LIMIT })}</label>
      <input id={id} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <div class="choices">
        <button type="submit" class="button primary">
          {t("sync.saveCorrection")}
        </button>
        <button type="button" class="button quiet" onClick={onEnd}>
          {t("sync.cancel")}
        </button>
      </div>
    </form>
  );
}

interface ButtonProps extends EntriesProps {
  readonly label: string;
}

function Resend({ app, entries, label }: ButtonProps) {
  const resend = (): Promise<void> =>
    attempt({ id: "resend", changesData: true }, app, () => app.store.resend(entries));
  return (
    <button type="button" class="button quiet" onClick={() => void resend()}>
      {label}
    </button>
  );
}

/** Throws away only when asked twice: what the server never had is gone then. */
function Discard({ app, entries, label }: ButtonProps) {
  // What is refused between the two questions was not asked about.
  const [asked, setAsked] = useState<readonly OutboxEntry[] | null>(null);
  const discard = (): Promise<void> =>
    attempt({ id: "discard", changesData: true }, app, () => app.store.discard(asked ?? []));
  if (asked === null)
    return (
      <button type="button" class="button quiet" onClick={() => setAsked(entries)}>
        {label}
      </button>
    );
  return (
    <>
      <button type="button" class="button danger" onClick={() => void discard()}>
        {t("sync.discardSurely")}
      </button>
      <button type="button" class="button quiet" onClick={() => setAsked(null)}>
        {t("sync.cancel")}
      </button>
    </>
  );
}

function More({ n }: { readonly n: number }) {
  return n > 0 ? <p>{t("sync.more", { n })}</p> : null;
}

function titleOf(entry: OutboxEntry): string {
  if (entry.kind === "settings") return t("sync.refusedSetting", { name: entry.key });
  const words = shownDescription(entry.item.ds) || t("record.noDescription");
  return isHidden(entry.item.ds) ? t("sync.deletion", { what: words }) : words;
}

/** Whether other words may be what the server wants. Those of a deleted record nobody sees. */
const isCorrectable = (entry: OutboxEntry): boolean => entry.kind === "records" && !isHidden(entry.item.ds);
