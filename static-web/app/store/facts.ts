import type { Range } from "../domain/day.ts";
import type { TimeRecord } from "../domain/record.ts";
import { RecordIndex } from "../domain/statistics/recordIndex.ts";
import { Statistics, type Totals } from "../domain/statistics/statistics.ts";
import type { Unread } from "./changes.ts";
import type { AppStore } from "./store.ts";

/** What keeps something about each record. */
interface Follower {
  set(record: TimeRecord): void;
  remove(key: string): void;
  clear(): void;
}

/**
 * What the screen asks about all records, answered without going through them. A question first takes in what has
 * changed since the last one; what nobody asks about costs nothing. Who asks in a signal or a component is told when
 * the answer may be another. Deleted records do not count.
 */
export class Facts {
  readonly #store: AppStore;
  readonly #index = new RecordIndex();
  readonly #statistics = new Statistics();
  #unindexed: Unread | undefined;
  #uncounted: Unread | undefined;

  constructor(store: AppStore) {
    this.#store = store;
  }

  /** What all questions and changes have cost so far, for tests to hold. */
  get cost(): { readonly records: number; readonly buckets: number; readonly moments: number } {
    return { ...this.#index.cost, ...this.#statistics.cost };
  }

  /** The running records, newest first. */
  running(): readonly TimeRecord[] {
    return this.#indexed().running();
  }

  /** The records that overlap the range, newest first: touching it is not enough, and a running record ends now. */
  within(range: Range, now: number): readonly TimeRecord[] {
    return this.#indexed().within(range, now);
  }

  /** The seconds of each combo that has any in the range, running records counted until now. */
  totals(range: Range, now: number): Totals {
    return this.#counted().totals(range, now);
  }

  /** The same for each of the ranges between neighbouring edges, which must rise: days, weeks, months or years. */
  bins(edges: readonly number[], now: number): readonly Totals[] {
    return this.#counted().bins(edges, now);
  }

  #indexed(): RecordIndex {
    this.#unindexed ??= this.#store.changes.reader();
    this.#follow(this.#index, this.#unindexed);
    return this.#index;
  }

  #counted(): Statistics {
    this.#uncounted ??= this.#store.changes.reader();
    this.#follow(this.#statistics, this.#uncounted);
    return this.#statistics;
  }

  #follow(follower: Follower, unread: Unread): void {
    this.#store.version.value; // Whoever asks is told of the next change.
    const { records } = this.#store;
    const changed = unread.take();
    try {
      if (changed === "everything") follower.clear();
      for (const key of changed === "everything" ? records.keys() : changed) {
        const record = records.get(key);
        if (record === undefined) follower.remove(key);
        else follower.set(record);
      }
    } catch (error) {
      // Those after the one that could not be taken in are not read yet.
      unread.addEverything();
      throw error;
    }
  }
}
