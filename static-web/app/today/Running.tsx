import { useLayoutEffect, useRef } from "preact/hooks";
import { stop } from "../actions/stop.ts";
import { startFault, type TimeRecord } from "../domain/record.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { openRecord } from "../record/open.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";
import { RecordButton } from "./RecordButton.tsx";
import { focusStart } from "./StartBar.tsx";

/** What runs, with its ticking duration, and the button that stops it. */
export function Running({ app }: { readonly app: AppContext }) {
  return app.running.value.length === 0 ? null : <RunningRecords app={app} />;
}

/** Since when it runs, and how long that is; or what is wrong with that, and the way to mend it. */
function Since({ app, record }: { readonly app: AppContext; readonly record: TimeRecord }) {
  const { t1 } = record;
  const fault = startFault(record, app.now.value);
  const time = (): string => formats().time(t1, app.day.value);
  if (fault !== null)
    return (
      <div class="fault">
        <p>
          {fault === "future"
            ? t("running.future", { time: time() })
            : t("running.impossible", { n: String(t1) })}
        </p>
        <button type="button" class="link" onClick={() => openRecord(app, record)}>
          {t("running.correct")}
        </button>
      </div>
    );
  return (
    <>
      <span class="since">{t("running.since", { time: time() })}</span>
      {app.settings.get("show_stopwatch") && (
        <time class="clock" aria-live="off">
          {formats().clock(Math.max(0, app.now.value - t1))}
        </time>
      )}
    </>
  );
}

function RunningRecords({ app }: { readonly app: AppContext }) {
  const records = app.running.value;
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const place = section.current;
    return () => {
      // The button goes away with what it stopped. Whoever pressed it by keyboard must not be left nowhere; a finger
      // or a mouse has no place to lose.
      if (place?.querySelector(":focus-visible")) focusStart();
    };
  }, []);
  return (
    <section ref={section} class="running" aria-label={t("running.title")}>
      <ul>
        {records.map((record) => (
          <li key={record.key}>
            <RecordButton app={app} record={record} />
            <Since app={app} record={record} />
          </li>
        ))}
      </ul>
      <ActionButton action={stop} app={app} look="primary" />
    </section>
  );
}
