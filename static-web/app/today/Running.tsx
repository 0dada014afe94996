import { useLayoutEffect, useRef } from "preact/hooks";
import { stop } from "../actions/stop.ts";
import { orderedTimes, type TimeRecord } from "../domain/record.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";
import { RecordButton } from "./RecordButton.tsx";
import { focusStart } from "./StartBar.tsx";

/** What runs, with its ticking duration, and the button that stops it. */
export function Running({ app }: { readonly app: AppContext }) {
  return app.running.value.length === 0 ? null : <RunningRecords app={app} />;
}

/** When a record started, as a date can hold it, whatever another client stored. */
const sinceOf = ({ t1, t2 }: TimeRecord): number => orderedTimes(t1, t2).t1;

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
            <span class="since">
              {t("running.since", { time: formats().time(sinceOf(record), app.day.value) })}
            </span>
            {app.settings.get("show_stopwatch") && (
              <time class="clock" aria-live="off">
                {formats().clock(Math.max(0, app.now.value - sinceOf(record)))}
              </time>
            )}
          </li>
        ))}
      </ul>
      <ActionButton action={stop} app={app} look="primary" />
    </section>
  );
}
