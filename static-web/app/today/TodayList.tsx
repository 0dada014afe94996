import { hueOf } from "../domain/colour.ts";
import { type Range, secondsIn, secondsPassed } from "../domain/day.ts";
import { isRunning, orderedTimes, type TimeRecord } from "../domain/record.ts";
import { overlapping } from "../domain/recordRules.ts";
import { parseDescription } from "../domain/tags.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import { Duration } from "../shell/Duration.tsx";
import { idOf } from "../store/store.ts";
import { RecordButton } from "./RecordButton.tsx";

function Marks(props: { readonly app: AppContext; readonly record: TimeRecord; readonly overlaps: boolean }) {
  return (
    <span class="marks">
      {props.overlaps && <span class="mark">{t("record.overlapping")}</span>}
      <Keeping app={props.app} record={props.record} />
    </span>
  );
}

/** What has become of the record at the server, where that is to be known. */
function Keeping({ app, record }: { readonly app: AppContext; readonly record: TimeRecord }) {
  const entry = app.store.outbox.value.get(idOf({ kind: "records", key: record.key }));
  if (entry !== undefined && entry.refused !== null)
    return <span class="mark refused">{t("record.refused")}</span>;
  const isConfirmed = entry === undefined && record.st > 0;
  return isConfirmed ? null : <span class="mark">{t("record.waiting")}</span>;
}

/** The colour of a record's spine is that of its first tag. */
function spineOf({ ds }: TimeRecord): string {
  const first = parseDescription(ds).parts.find(({ kind }) => kind === "tag");
  return first === undefined ? "" : `hue-${hueOf(first.text)}`;
}

/** From when until when; in order, also where another client stored them reversed. */
function Times({ record, day }: { readonly record: TimeRecord; readonly day: Range }) {
  const { t1, t2 } = orderedTimes(record.t1, record.t2);
  return (
    <span class="times">
      {t("record.until", {
        from: formats().time(t1, day),
        to: isRunning(record) ? t("record.now") : formats().time(t2, day),
      })}
    </span>
  );
}

/** What was tracked of the day so far: what is planned for later is not yet; and the time that passed, where that is less. */
function Total(props: {
  readonly records: readonly TimeRecord[];
  readonly day: Range;
  readonly now: number;
}) {
  const { records, day, now } = props;
  const soFar = { from: day.from, to: Math.min(day.to, now) };
  const tracked = records.reduce((sum, record) => sum + secondsIn(record, soFar, now), 0);
  const passed = secondsPassed(records, soFar, now);
  const duration = (seconds: number): string => formats().duration(seconds);
  return (
    <p id="today-total" class="total">
      {duration(tracked) === duration(passed)
        ? t("today.total", { duration: duration(tracked) })
        : t("today.totalPassed", { tracked: duration(tracked), passed: duration(passed) })}
    </p>
  );
}

/** The day's records, newest first, and their total. */
export function TodayList({ app }: { readonly app: AppContext }) {
  const records = app.today.value;
  const [day, now] = [app.day.value, app.now.value];
  const overlaps = overlapping(records, now);
  return (
    <section class="today">
      <header>
        <h2 id="today-title">{t("today.title")}</h2>
        <Total records={records} day={day} now={now} />
      </header>
      {records.length === 0 ? (
        <p class="empty">
          {t(app.settings.get("single_key_shortcuts") ? "today.empty" : "today.emptyNoShortcuts")}
        </p>
      ) : (
        <ul aria-labelledby="today-title" class="records">
          {records.map((record) => (
            <li key={record.key} class={`record ${isRunning(record) ? "is-running" : spineOf(record)}`}>
              <Times record={record} day={day} />
              <RecordButton app={app} record={record} />
              <Marks app={app} record={record} overlaps={overlaps.has(record.key)} />
              <Duration seconds={secondsIn(record, day, now)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
