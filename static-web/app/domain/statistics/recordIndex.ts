import type { Range } from "../day.ts";
import { isHidden, isRunning, orderedTimes, type TimeRecord } from "../record.ts";

/** The length of a bucket in seconds, about a day and a half. */
const BUCKET = 2 ** 17;
/** A record that would lie in more buckets is looked at by every query instead. */
const MOST_BUCKETS = 32;

const bucketOf = (time: number): number => Math.floor(time / BUCKET);

/** Finds the visible records of a range without going through the others. */
export class RecordIndex {
  /** How many records and buckets were looked at so far, for tests to hold. */
  readonly cost = { records: 0, buckets: 0 };
  readonly #records = new Map<string, TimeRecord>();
  readonly #buckets = new Map<number, Set<string>>();
  /** The keys of running records and of very long ones. */
  readonly #everywhere = new Set<string>();

  /** Takes a record in, or its new version in place of the one it had. */
  set(record: TimeRecord): void {
    this.remove(record.key);
    if (!isHidden(record.ds)) this.#putIn(record);
  }

  /** Forgets a record, if it has it. */
  remove(key: string): void {
    const before = this.#records.get(key);
    if (before !== undefined) this.#takeOut(before);
  }

  /** Forgets all records. */
  clear(): void {
    for (const collection of [this.#records, this.#buckets, this.#everywhere]) collection.clear();
  }

  /** The running records, newest first. */
  running(): readonly TimeRecord[] {
    const found: TimeRecord[] = [];
    for (const key of this.#everywhere) {
      const record = this.#look(key);
      if (record !== undefined && isRunning(record)) found.push(record);
    }
    return found.sort(newestFirst);
  }

  /** The records that overlap the range, newest first: touching it is not enough, and a running record ends now. */
  within({ from, to }: Range, now: number): readonly TimeRecord[] {
    const found: TimeRecord[] = [];
    if (to <= from) return found;
    const take = (key: string, bucket: number | null): void => {
      const record = this.#look(key);
      if (record === undefined) return;
      const { t1, t2 } = orderedTimes(record.t1, record.t2);
      if (t1 >= to || (isRunning(record) ? now : t2) <= from) return;
      // A record in several buckets is found in the first of them that the range has.
      if (bucket === null || bucket === Math.max(first, bucketOf(t1))) found.push(record);
    };
    const [first, last] = [bucketOf(from), bucketOf(Math.ceil(to) - 1)];
    for (const key of this.#everywhere) take(key, null);
    for (const bucket of this.#candidates(first, last)) {
      this.cost.buckets += 1;
      if (bucket < first || bucket > last) continue;
      for (const key of this.#buckets.get(bucket) ?? []) take(key, bucket);
    }
    return found.sort(newestFirst);
  }

  /** The buckets of a range, one after the other, or all that there are where these are fewer. */
  #candidates(first: number, last: number): Iterable<number> {
    const count = last - first + 1;
    return count > this.#buckets.size
      ? this.#buckets.keys()
      : Array.from({ length: count }, (_, i) => first + i);
  }

  #look(key: string): TimeRecord | undefined {
    this.cost.records += 1;
    return this.#records.get(key);
  }

  #putIn(record: TimeRecord): void {
    this.#records.set(record.key, record);
    const span = bucketsOf(record);
    if (span === null) this.#everywhere.add(record.key);
    else {
      for (let bucket = span.first; bucket <= span.last; bucket++) {
        this.cost.buckets += 1;
        const keys = this.#buckets.get(bucket);
        if (keys === undefined) this.#buckets.set(bucket, new Set([record.key]));
        else keys.add(record.key);
      }
    }
  }

  #takeOut(record: TimeRecord): void {
    this.#records.delete(record.key);
    this.#everywhere.delete(record.key);
    const span = bucketsOf(record) ?? { first: 0, last: -1 };
    for (let bucket = span.first; bucket <= span.last; bucket++) {
      const keys = this.#buckets.get(bucket);
      keys?.delete(record.key);
      if (keys?.size === 0) this.#buckets.delete(bucket);
    }
  }
}

const newestFirst = (a: TimeRecord, b: TimeRecord): number => b.t1 - a.t1 || (a.key < b.key ? -1 : 1);

/** The buckets that a record lies in; null for one that every query looks at. */
function bucketsOf(record: TimeRecord): { readonly first: number; readonly last: number } | null {
  if (isRunning(record)) return null;
  const { t1, t2 } = orderedTimes(record.t1, record.t2);
  const [first, last] = [bucketOf(t1), bucketOf(Math.max(t1, t2 - 1))];
  return last - first < MOST_BUCKETS ? { first, last } : null;
}
