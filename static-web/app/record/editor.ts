import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { localZone } from "../domain/calendar/zone.ts";
import { cleanDescription } from "../domain/description.ts";
import { isHidden, isRunning, type TimeRecord } from "../domain/record.ts";
import {
  choose,
  type End,
  type FormMode,
  formOf,
  modeOf,
  newForm,
  type RecordForm,
  rebased,
  type Surroundings,
  stepped,
  type TimeChoice,
  withStart,
  withStop,
} from "../domain/recordForm.ts";
import { type Oddity, odditiesOf, otherShowing } from "../domain/recordOddity.ts";
import { shownDescription } from "../domain/recordRules.ts";
import { formats } from "../i18n/format.ts";
import type { AppContext } from "../shell/context.ts";
import { contentOf } from "../store/store.ts";
import {
  type TimeField,
  type TimesInFields,
  type TypedTimes,
  timesAfter,
  withUnbegun,
} from "./typedTimes.ts";

/** What became of a record that is being changed, elsewhere and meanwhile. */
export type Elsewhere = "changed" | "deleted";

const LAST_STOP_WITHIN = 8 * 3600;
const zone = localZone;

/** What a person enters about a record: its words, its times, and what is typed in their fields. */
export class RecordEditor {
  static #next = 0;
  /** Tells it from all others: to save in one dialog and soon in the next is not the same press. */
  readonly id = RecordEditor.#next++;
  readonly app: AppContext;
  readonly form: Signal<RecordForm>;
  readonly ds: Signal<string>;
  /** What is typed in the fields; nothing where they show what holds. */
  readonly typed = signal<TypedTimes>({});
  /** Whether what runs already is to run on beside this. */
  readonly isBeside = signal(false);
  readonly elsewhere = signal<Elsewhere | null>(null);
  /** Whether the person did not come by themselves, but is asked about a record that has run for long. */
  readonly asksWhetherRunning = signal(false);
  /** Whether the person came to delete it, and is asked only whether they are sure. */
  readonly asksToDelete = signal(false);
  readonly mode: ReadonlySignal<FormMode>;
  /** Whether its words are others than they were. */
  readonly isReworded: ReadonlySignal<boolean>;
  /** Whether anything differs from how it was. */
  readonly isChanged: ReadonlySignal<boolean>;
  /** Whether the person would lose something of their own: what was proposed to them is not. */
  readonly isWorthKeeping: ReadonlySignal<boolean>;
  /** The words and times that the person began with. */
  readonly #base: Signal<{ readonly ds: string; readonly form: RecordForm }>;
  /** The times that were proposed when it was opened. */
  readonly #proposed = signal<RecordForm | null>(null);
  #isActing = false;
  /** The field in which the person types, and the times and other fields from before. */
  #origin: ({ readonly field: TimeField } & TimesInFields) | null = null;
  /** The field that the person is in, and what it showed of which times when they came. */
  #entered: { readonly field: TimeField; readonly form: RecordForm; readonly text: string } | null = null;

  constructor(app: AppContext, form: RecordForm, ds: string) {
    this.app = app;
    this.form = signal(form);
    this.ds = signal(ds);
    this.#base = signal({ ds, form });
    this.mode = computed(() => modeOf(this.form.value));
    this.isReworded = computed(
      () => cleanDescription(this.ds.value) !== cleanDescription(this.#base.value.ds),
    );
    const differsFrom = ({ t1, t2 }: RecordForm): boolean => {
      const { t1: t1Now, t2: t2Now } = this.form.value;
      const isTyped = Object.values(this.typed.value).some(({ problem }) => problem !== null);
      return this.isReworded.value || t1 !== t1Now || t2 !== t2Now || isTyped;
    };
    this.isChanged = computed(() => differsFrom(this.#base.value.form));
    this.isWorthKeeping = computed(
      () => this.isChanged.value && differsFrom(this.#proposed.value ?? this.#base.value.form),
    );
  }

  /** One for a record that starts now, with these words. */
  static forNew(app: AppContext, ds = ""): RecordEditor {
    return new RecordEditor(app, newForm(app.clock()), ds);
  }

  /** One for a record that is there. */
  static forRecord(app: AppContext, record: TimeRecord): RecordEditor {
    return new RecordEditor(app, formOf(record), shownDescription(record.ds));
  }

  /** What else there is. Read in a component it follows the records. */
  surroundings(): Surroundings {
    const now = this.app.clock();
    const own = this.form.value.original?.key;
    const stops = this.app.facts
      .within({ from: now - LAST_STOP_WITHIN, to: now }, now)
      .filter((record) => record.key !== own && !isRunning(record) && record.t2 < now)
      .map(({ t2 }) => t2);
    return {
      now,
      lastStop: stops.length > 0 ? Math.max(...stops) : null,
      runningSince: this.othersRunning()[0]?.t1 ?? null,
    };
  }

  /** The other records that run. */
  othersRunning(): readonly TimeRecord[] {
    const own = this.form.value.original?.key;
    return this.app.running.value.filter(({ key }) => key !== own);
  }

  /** The visible records that lie over this one in time. */
  overlapping(): readonly TimeRecord[] {
    const { t1, t2, original } = this.form.value;
    const now = this.app.now.value;
    return this.app.facts
      .within({ from: t1, to: t2 ?? Math.max(t1 + 1, now) }, now)
      .filter(({ key }) => key !== original?.key);
  }

  /** The words as they will be stored; done when the field is left. */
  tidy(): void {
    this.ds.value = cleanDescription(this.ds.value);
  }

  /** Begins with a choice, and perhaps an end, that the person may take or leave. */
  propose(choice: TimeChoice, stop?: number): void {
    this.choose(choice);
    const form = this.form.value;
    if (stop !== undefined) this.#take(withStop(form, stop) ?? form);
    this.#proposed.value = this.form.value;
  }

  /** Takes a choice with the times that go with it: as long as that is all, nothing of the person's own would be lost. */
  choose(choice: TimeChoice): void {
    const hadOwn = this.isWorthKeeping.peek();
    this.#take(choose(this.form.value, choice, this.surroundings()));
    if (!hadOwn) this.#proposed.value = this.form.value;
  }

  /**
   * What is typed in a field counts at once, and stands there as it is until the field is left. It is always of the times
   * from before: on the way to `930` there is `93`, and to `9` nothing of that may be left.
   */
  type(field: TimeField, text: string): void {
    if (this.#origin?.field !== field)
      this.#origin = { field, form: this.form.value, typed: this.typed.value };
    const { form, typed } = timesAfter(this.#origin, field, text, this.app.clock());
    this.form.value = form;
    this.typed.value = typed;
  }

  /** The person comes into a field that shows this. */
  enter(field: TimeField, shown: string): void {
    this.#entered = { field, form: this.form.value, text: shown };
  }

  /** The field is left: it shows what holds, unless it could not be read. */
  leave(field: TimeField): void {
    const { [field]: left, ...others } = this.typed.value;
    if (left?.problem === null) this.typed.value = others;
    this.#origin = null;
    this.#entered = null;
  }

  /**
   * The text of a field that would show `current`. While somebody is in it, it does not go on with the clock: what they
   * have marked to be typed over would be marked no more.
   */
  textOf(field: TimeField, current: string): string {
    const typed = this.typed.value[field];
    if (typed !== undefined) return typed.text;
    if (this.#entered?.field !== field) return current;
    if (this.#entered.form !== this.form.value) this.enter(field, current);
    return this.#entered.text;
  }

  /** Moves an end to the next multiple of five minutes, or the one before. */
  step(field: End, direction: 1 | -1): void {
    const form = this.form.value;
    const time = stepped(field === "start" ? form.t1 : (form.t2 ?? form.t1), direction, zone);
    this.setMoment(field, time);
  }

  /** Moves an end to a moment that was offered. What would be over before it began changes nothing, and is said. */
  setMoment(field: End, time: number): void {
    const form = this.form.value;
    const changed = field === "start" ? withStart(form, time, this.app.clock()) : withStop(form, time);
    this.#take(changed ?? form);
    if (changed !== null) return;
    const problem = field === "start" ? "after" : "before";
    this.typed.value = { ...this.typed.value, [field]: { text: formats().timeOfDay(time), problem } };
  }

  /** The ends at which clocks show the time twice, or never. Read in a component it follows the times. */
  oddities(): readonly Oddity[] {
    return odditiesOf(this.form.value, this.app.clock(), zone);
  }

  /** Takes for an end the other of the two moments at which clocks show its time. */
  takeOtherShowing(end: End): void {
    const { t1, t2 } = this.form.value;
    this.setMoment(end, otherShowing(end === "start" ? t1 : (t2 ?? t1), zone));
  }

  /** Does something to the record: what becomes of it then is no news. */
  async act(work: () => Promise<void>): Promise<void> {
    this.#isActing = true;
    try {
      await work();
    } finally {
      this.#isActing = false;
    }
  }

  /** Takes in what another tab or device made of the record: what the person has not touched follows it. */
  follow(): void {
    const { original } = this.form.peek();
    if (original === null || this.#isActing) return;
    const current = this.app.store.records.get(original.key);
    if (current === undefined || contentOf(current) === contentOf(original)) return;
    const base = this.#base.peek();
    const ds = shownDescription(current.ds);
    if (this.ds.peek() === base.ds) this.ds.value = ds;
    this.form.value = rebased(this.form.peek(), current);
    this.#base.value = { ds, form: formOf(current) };
    this.#origin = null;
    this.elsewhere.value = isHidden(current.ds) ? "deleted" : "changed";
  }

  #take(form: RecordForm): void {
    this.form.value = form;
    this.#origin = null;
    this.typed.value = withUnbegun(form, {}, this.app.clock());
  }
}
