import { useId } from "preact/hooks";
import { dateAt } from "../domain/calendar/moment.ts";
import { localZone, momentOf } from "../domain/calendar/zone.ts";
import { choiceOf, choicesOf, type End, warningsOf } from "../domain/recordForm.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import type { RecordEditor } from "./editor.ts";
import { overlapText } from "./overlap.ts";
import type { TimeField } from "./typedTimes.ts";

const FIELDS: readonly TimeField[] = ["start", "startDate", "stop", "stopDate", "duration"];
const DATES = { start: "startDate", stop: "stopDate" } as const satisfies Record<End, TimeField>;

/** When the record was: the choice, and as much of start, end and length as the choice leaves open. */
export function TimeFields({ editor }: { readonly editor: RecordEditor }) {
  const form = editor.form.value;
  const choice = choiceOf(form);
  return (
    <div class="time-fields">
      <Choices editor={editor} />
      {choice !== "now" && (
        <div class="ends">
          <EndFields editor={editor} field="start" time={form.t1} />
          {form.t2 !== null && <EndFields editor={editor} field="stop" time={form.t2} />}
          <Length editor={editor} />
        </div>
      )}
      <div class={choice === "now" ? "notes" : "notes is-kept"}>
        <Problems editor={editor} />
        <Oddities editor={editor} />
        <Moments editor={editor} />
        <p class="warnings" role="status">
          {[
            ...warningsOf(form, editor.app.now.value).map((warning) => t(`record.warning.${warning}`)),
            ...overlapText(editor),
          ].join(" ")}
        </p>
      </div>
    </div>
  );
}

function Choices({ editor }: { readonly editor: RecordEditor }) {
  const name = useId();
  const form = editor.form.value;
  const choices = choicesOf(form);
  if (choices.length === 0) return null;
  return (
    <fieldset class="time-choices">
      <legend class="visually-hidden">{t("record.when")}</legend>
      {choices.map((choice) => (
        <label key={choice} class="choice">
          <input
            type="radio"
            name={name}
            checked={choiceOf(form) === choice}
            onChange={() => editor.choose(choice)}
          />
          <span>{t(`record.choice.${choice}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A date as the browser's own field has it. */
function dateText(time: number): string {
  const { year, month, day } = dateAt(time, localZone);
  return [String(year).padStart(4, "0"), ...[month, day].map((n) => String(n).padStart(2, "0"))].join("-");
}

function EndFields(props: { readonly editor: RecordEditor; readonly field: End; readonly time: number }) {
  const { editor, field, time } = props;
  const id = useId();
  const date = DATES[field];
  return (
    <div class="field end">
      <label for={id}>{t(`record.field.${field}`)}</label>
      <div class="stepped">
        <Step editor={editor} field={field} direction={-1} />
        <TimeText editor={editor} field={field} id={id} shown={formats().timeOfDay(time)} />
        <Step editor={editor} field={field} direction={1} />
      </div>
      <input
        type="date"
        aria-label={t(`record.date.${field}`)}
        min="1970-01-01"
        max="9999-12-31"
        {...problemOf(editor, date)}
        value={editor.textOf(date, dateText(time))}
        onChange={(event) => editor.type(date, event.currentTarget.value)}
        onBlur={() => editor.leave(date)}
      />
    </div>
  );
}

function Step(props: { readonly editor: RecordEditor; readonly field: End; readonly direction: 1 | -1 }) {
  const { editor, field, direction } = props;
  return (
    <button
      type="button"
      class="button quiet only-icon"
      tabIndex={-1}
      aria-label={t(direction === 1 ? `record.later.${field}` : `record.sooner.${field}`)}
      onClick={() => editor.step(field, direction)}
    >
      {direction === 1 ? "+" : "−"}
    </button>
  );
}

function Length({ editor }: { readonly editor: RecordEditor }) {
  const id = useId();
  const { t1, t2 } = editor.form.value;
  const seconds = (t2 ?? editor.app.now.value) - t1;
  const shown = t2 === null ? formats().clock(Math.max(0, seconds)) : formats().duration(seconds);
  return (
    <div class="field length">
      <label for={id}>{t("record.field.duration")}</label>
      <TimeText editor={editor} field="duration" id={id} shown={shown} />
    </div>
  );
}

function TimeText(props: {
  readonly editor: RecordEditor;
  readonly field: TimeField;
  readonly id: string;
  readonly shown: string;
}) {
  const { editor, field, id, shown } = props;
  const text = editor.textOf(field, shown);
  return (
    <input
      id={id}
      type="text"
      class="time"
      autocomplete="off"
      enterkeyhint="done"
      {...problemOf(editor, field)}
      value={text}
      onInput={(event) => editor.type(field, event.currentTarget.value)}
      onBlur={() => editor.leave(field)}
      onFocus={(event) => {
        editor.enter(field, text);
        event.currentTarget.select();
      }}
    />
  );
}

const problemId = (field: TimeField): string => `problem-${field}`;

/** Marks a field whose text could not be taken, and names the sentence that says why. */
function problemOf(editor: RecordEditor, field: TimeField) {
  const isInvalid = (editor.typed.value[field]?.problem ?? null) !== null;
  return { "aria-invalid": isInvalid, "aria-describedby": isInvalid ? problemId(field) : undefined };
}

/** What cannot be taken of what is typed. It stands below all fields, so that none of them moves. */
function Problems({ editor }: { readonly editor: RecordEditor }) {
  const typed = editor.typed.value;
  return (
    <div class="error" role="alert">
      {FIELDS.map((field) => {
        const { problem = null, text = "" } = typed[field] ?? {};
        return (
          problem !== null && (
            <p key={field} id={problemId(field)}>
              {t(`record.problem.${problem}`, { text })}
            </p>
          )
        );
      })}
    </div>
  );
}

/** What clocks were to show. They may leave it out on its date: a week before they did not. */
const wallText = (wall: number): string => formats().timeOfDay(momentOf(wall - 7 * 86_400, localZone));

/** Clocks that are changed leave times out, and show others twice. */
function Oddities({ editor }: { readonly editor: RecordEditor }) {
  return (
    <div role="status">
      {editor.oddities().map(({ end, kind, wall }) => (
        <p key={end} class="hint">
          {t(`record.oddity.${kind}`, { time: wallText(wall) })}{" "}
          {kind === "twice" && (
            <button type="button" class="link" onClick={() => editor.takeOtherShowing(end)}>
              {t("record.takeOther")}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}

/** Moments at which it may have begun or ended. */
function Moments({ editor }: { readonly editor: RecordEditor }) {
  const choice = choiceOf(editor.form.value);
  const { lastStop, runningSince } = editor.surroundings();
  const { t1, t2 } = editor.form.value;
  const activity = editor.app.lastActivity();
  const isJustNow = t2 !== null && Math.abs(editor.app.now.value - t2) < 60;
  const time = (moment: number): string => formats().time(moment, editor.app.day.value);
  // What began there runs: to start this there, too, would be no switch.
  const isTaken = choice === "earlier" && runningSince !== null && (lastStop ?? 0) <= runningSince;
  if ((choice === "earlier" || choice === "done") && lastStop !== null && lastStop !== t1 && !isTaken)
    return (
      <p class="moments">
        <button type="button" class="link" onClick={() => editor.setMoment("start", lastStop)}>
          {t("record.atLastStop", { time: time(lastStop) })}
        </button>
      </p>
    );
  if (choice === "stopped")
    return (
      <p class="moments">
        {!isJustNow && (
          <button type="button" class="link" onClick={() => editor.choose("stopped")}>
            {t("record.stopNow")}
          </button>
        )}
        {activity !== null && activity > t1 && (
          <button type="button" class="link" onClick={() => editor.setMoment("stop", activity)}>
            {t("record.atLastActivity", { time: time(activity) })}
          </button>
        )}
      </p>
    );
  return null;
}
