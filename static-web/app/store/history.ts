import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isVisiblyRunning, type Setting, type TimeRecord } from "../domain/record.ts";
import { hidden } from "../domain/recordRules.ts";
import { settingExcess } from "../domain/settingLimits.ts";
import {
  type AnyItem,
  type AppStore,
  type BatchSource,
  type BatchWritten,
  batchFrom,
  contentOf,
  type Edit,
} from "./store.ts";

const MOST_STEPS = 100;
/** What the steps may hold together; the oldest go first. */
const MOST_ITEMS = 200_000;

/** How a step is undone or done again. */
export type Outcome<Name> =
  /** It has been changed by somebody else since, and is forgotten. */
  | { readonly name: Name; readonly result: "nothing" }
  /** It would run beside what was started since. It can be tried again. */
  | { readonly name: Name; readonly result: "blocked" }
  /** `left` items had been changed by somebody else and were left alone. */
  | { readonly name: Name; readonly result: "done"; readonly left: number };

/** What a person did at once. */
interface Step<Name> {
  readonly name: Name;
  /** Whether each item stands for itself, so that one which somebody else has changed does not hold up the others. */
  readonly isSeparable: boolean;
  readonly records: readonly Pair<TimeRecord>[];
  readonly settings: readonly Pair<Setting>[];
  /** The keys of the records that ran before it or after it: beside these it may run again. */
  readonly beside: ReadonlySet<string>;
}

interface Pair<Item> {
  readonly older: Item;
  readonly newer: Item;
}

/** The server takes no changes, so none are made. */
export class ReadOnlyError extends Error {}

/** A setting is larger than the server takes, by `excess` characters: nothing of its batch was stored. */
export class SettingTooLargeError extends Error {
  readonly excess: number;

  constructor(excess: number) {
    super(`The setting is ${excess} characters too long.`);
    this.excess = excess;
  }
}

/** What a history needs of its surroundings. */
export interface HistoryHost {
  /** What stands for a setting that was not there; undefined where nothing can. */
  absent(chosen: Setting): Setting | undefined;
  /** Whether nothing may be changed at present. */
  isReadOnly(): boolean;
  /** The visible running records. */
  running(): readonly TimeRecord[];
}

const ALONE: HistoryHost = { absent: () => undefined, isReadOnly: () => false, running: () => [] };

/** Stops a batch: an item is not what this tab left. */
class Changed extends Error {}

/** Stops a batch: a record would run beside what was started since. */
class Blocked extends Error {}

/**
 * What was done in this tab, to be undone and done again. Both are new edits, which sync like any other, and neither
 * overwrites what another tab or device has written since, or lets a record run again beside another that runs.
 */
export class History<Name> {
  /** What would be undone next, or null. */
  readonly undoable: ReadonlySignal<Name | null>;
  /** What would be done again next, or null. */
  readonly redoable: ReadonlySignal<Name | null>;
  readonly #store: Pick<AppStore, "change">;
  readonly #host: HistoryHost;
  readonly #done = signal<readonly Step<Name>[]>([]);
  readonly #undone = signal<readonly Step<Name>[]>([]);

  constructor(store: Pick<AppStore, "change">, host: HistoryHost = ALONE) {
    this.#store = store;
    this.#host = host;
    this.undoable = computed(() => this.#done.value.at(-1)?.name ?? null);
    this.redoable = computed(() => this.#undone.value.at(-1)?.name ?? null);
  }

  /**
   * Makes edits, and remembers them under a name. `isSeparable` says that each item stands for itself. Like `undo` and
   * `redo` it throws `ReadOnlyError` while the server takes no changes.
   */
  async change(name: Name, batch: BatchSource, isSeparable = false): Promise<BatchWritten> {
    let before: readonly TimeRecord[] = [];
    const written = await this.#change(() => {
      before = this.#host.running();
      return batchFrom(batch);
    });
    const beside = new Set([...before, ...this.#host.running()].map(({ key }) => key));
    const records = written.records.map(({ before, after }) => ({
      // What stands for a record that was not there: records are never removed.
      older: before ?? hidden(after, after.t1),
      newer: after,
    }));
    const settings = written.settings.flatMap(({ before, after }) => {
      const older = before ?? this.#host.absent(after);
      return older === undefined ? [] : [{ older, newer: after }];
    });
    if (records.length + settings.length > 0) {
      this.#done.value = latest([...this.#done.value, { name, isSeparable, records, settings, beside }]);
      this.#undone.value = [];
    }
    return written;
  }

  /** Undoes the last step; null when there is none. A step that somebody else has changed is forgotten. */
  async undo(): Promise<Outcome<Name> | null> {
    const step = this.#done.value.at(-1);
    if (step === undefined) return null;
    const outcome = await this.#replace(step, ({ older, newer }) => ({ from: newer, to: older }));
    if (outcome.result === "blocked") return outcome;
    this.#done.value = this.#done.value.filter((other) => other !== step);
    if (outcome.result === "done") this.#undone.value = [...this.#undone.value, step];
    return outcome;
  }

  /** Does the step that was undone last again; null when there is none. */
  async redo(): Promise<Outcome<Name> | null> {
    const step = this.#undone.value.at(-1);
    if (step === undefined) return null;
    const outcome = await this.#replace(step, ({ older, newer }) => ({ from: older, to: newer }));
    if (outcome.result === "blocked") return outcome;
    this.#undone.value = this.#undone.value.filter((other) => other !== step);
    if (outcome.result === "done") this.#done.value = latest([...this.#done.value, step]);
    return outcome;
  }

  /** The one door for all that a person changes: no screen can forget to ask. */
  async #change(batch: BatchSource): Promise<BatchWritten> {
    if (this.#host.isReadOnly()) throw new ReadOnlyError("The server takes no changes at present.");
    return this.#store.change(() => {
      const { records = [], settings = [] } = batchFrom(batch);
      return { records, settings: settings.map(limited) };
    });
  }

  /** Whether nothing runs that the step is not about, and that did not run then. */
  #isAlone(step: Step<Name>): boolean {
    const own = new Set(step.records.map(({ newer }) => newer.key));
    return this.#host.running().every(({ key }) => own.has(key) || step.beside.has(key));
  }

  async #replace(step: Step<Name>, direction: Direction): Promise<Outcome<Name>> {
    const { name, isSeparable } = step;
    try {
      const written = await this.#change(() => {
        const isAlone = this.#isAlone(step);
        return {
          records: edits(
            step.records,
            direction,
            isSeparable,
            (from, to) => isAlone || isVisiblyRunning(from) || !isVisiblyRunning(to),
          ),
          settings: edits(step.settings, direction, isSeparable),
        };
      });
      const done = written.records.length + written.settings.length;
      const left = step.records.length + step.settings.length - done;
      return done === 0 ? { name, result: "nothing" } : { name, result: "done", left };
    } catch (error) {
      if (error instanceof Changed) return { name, result: "nothing" };
      if (error instanceof Blocked) return { name, result: "blocked" };
      throw error;
    }
  }
}

type Direction = <Item extends AnyItem>(pair: Pair<Item>) => { readonly from: Item; readonly to: Item };

function edits<Item extends AnyItem>(
  pairs: readonly Pair<Item>[],
  direction: Direction,
  isSeparable: boolean,
  isAllowed: (from: Item, to: Item) => boolean = () => true,
): readonly Edit<Item>[] {
  return pairs.map((pair) => {
    const { from, to } = direction(pair);
    return {
      key: from.key,
      change(current) {
        const isOurs = current !== undefined && contentOf(current) === contentOf(from);
        if (isOurs && isAllowed(from, to)) return to;
        if (isSeparable) return undefined;
        throw isOurs ? new Blocked() : new Changed();
      },
    };
  });
}

/** The edit, which throws where the server would not take what it gives. */
const limited = (edit: Edit<Setting>): Edit<Setting> => ({
  key: edit.key,
  change(current) {
    const changed = edit.change(current);
    const excess = changed === undefined ? 0 : settingExcess({ ...changed, key: edit.key });
    if (excess > 0) throw new SettingTooLargeError(excess);
    return changed;
  },
});

function latest<Name>(steps: readonly Step<Name>[]): readonly Step<Name>[] {
  let items = 0;
  const last = steps.slice(-MOST_STEPS);
  const from = last.findLastIndex((step) => {
    items += step.records.length + step.settings.length;
    return items > MOST_ITEMS;
  });
  // The last step can always be undone, however large it is.
  return last.slice(Math.min(from + 1, last.length - 1));
}
