import { stop } from "../actions/stop.ts";
import { formatClock } from "../domain/duration.ts";
import { t } from "../i18n/t.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";
import { Description } from "./Description.tsx";
import { formatTime } from "./time.ts";

/** What runs, with its ticking duration, and the button that stops it. */
export function Running({ app }: { readonly app: AppContext }) {
  const records = app.running.value;
  if (records.length === 0) return null;
  return (
    <section class="running" aria-label={t("running.title")}>
      <ul>
        {records.map((record) => (
          <li key={record.key}>
            <Description ds={record.ds} />
            <span class="since">{t("running.since", { time: formatTime(record.t1, app.day.value) })}</span>
            <time class="clock" aria-live="off">
              {formatClock(Math.max(0, app.now.value - record.t1))}
            </time>
          </li>
        ))}
      </ul>
      <ActionButton action={stop} app={app} look="primary" />
    </section>
  );
}
