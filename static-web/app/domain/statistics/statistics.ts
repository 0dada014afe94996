import { comboIn } from "../combo.ts";
import type { Range } from "../day.ts";
import { isHidden, isRunning, orderedTimes, type TimeRecord } from "../record.ts";
import { type Cost, Moments } from "./moments.ts";

interface Entry {
  readonly combo: string;
  readonly t1: number;
  readonly t2: number;
  readonly isRunning: boolean;
}

const isSame = (one: Entry, other: Entry): boolean =>
  one.combo === other.combo &&
  one.t1 === other.t1 &&
  one.t2 === other.t2 &&
  one.isRunning === other.isRunning;

/** The finished records of a combo: when they start and when they end, which is all that totals depend on. */
interface Spans {
  readonly starts: Moments;
  readonly ends: Moments;
}

/** Seconds by combo. */
export type Totals = ReadonlyMap<string, number>;

/**
 * The totals of combos over any range. It keeps the starts and the ends of each combo's records in order, with their
 * sums: the time tracked until a moment is the sum of its distances to the starts before it, less that to the ends. So a
 * range costs four searches a combo, however many records it has, overlapping records count each, and an edit touches
 * only its own combo, from where it is on. Running records count until now. Hidden ones do not count.
 *
 * What `totals` costs grows with the number of combos, not of records. Measured with 50,000 records of ten years, it took
 * 0.2 ms for 200 combos, 0.5 ms for 2,000 and 5 ms for 10,000. `bins` goes through the records of its range where that is
 * less than to ask at each edge: the 3,650 days of those years took 5 to 8 ms. What is not fast: the first question sorts
 * all records, and the first after an edit moves those of its combo that come later, which with one combo can be all.
 */
export class Statistics {
  /** What it has cost so far. */
  readonly cost: Cost = { moments: 0 };
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Map<string, Entry>();
  readonly #spans = new Map<string, Spans>();
  readonly #combos = new Map<string, string>();

  /** Takes a record in, or its new version in place of the one it had. */
  set(record: TimeRecord): void {
    const before = this.#entries.get(record.key);
    const after = isHidden(record.ds) ? undefined : this.#entryOf(record);
    // Each edit comes once more when the server has confirmed it.
    if (before !== undefined && after !== undefined && isSame(before, after)) return;
    this.remove(record.key);
    if (after !== undefined) this.#putIn(record.key, after);
  }

  /** Forgets a record, if it has it. */
  remove(key: string): void {
    const before = this.#entries.get(key);
    if (before !== undefined) this.#takeOut(key, before);
  }

  /** Forgets all records. */
  clear(): void {
    for (const map of [this.#entries, this.#running, this.#spans, this.#combos]) map.clear();
  }

  /** The seconds of each combo that has any in the range, which may be without bound. */
  totals({ from, to }: Range, now: number): Totals {
    const totals = new Map<string, number>();
    if (to <= from) return totals;
    for (const [combo, spans] of this.#spans) {
      const seconds = trackedUntil(to, spans) - trackedUntil(from, spans);
      if (seconds > 0) totals.set(combo, seconds);
    }
    for (const { combo, t1 } of this.#running.values()) count(totals, combo, t1, now, from, to);
    return totals;
  }

  /** The same for each of the ranges between neighbouring edges, which must rise: days, weeks, months or years. */
  bins(edges: readonly number[], now: number): readonly Totals[] {
    const bins = edges.slice(1).map(() => new Map<string, number>());
    if (bins.length === 0) return bins;
    const [first = 0, last = 0] = [edges[0], edges.at(-1)];
    for (const [combo, spans] of this.#spans) {
      const { starts, ends } = spans;
      const [open, end] = [starts.countBefore(first), ends.countBefore(first)];
      const events = starts.countBefore(last) - open + ends.countBefore(last) - end;
      const put = (bin: number, seconds: number): void => {
        if (seconds > 0) bins[bin]?.set(combo, seconds);
      };
      // With few records among many bins going through them is less, with many among few asking at each edge.
      if (events < 2 * edges.length * Math.log2(starts.count + 1)) {
        this.cost.moments += events;
        sweep(starts.sorted, ends.sorted, { open, end }, edges, put);
      } else {
        let before = trackedUntil(first, spans);
        for (let bin = 0; bin < bins.length; bin++) {
          const until = trackedUntil(edges[bin + 1] ?? last, spans);
          put(bin, until - before);
          before = until;
        }
      }
    }
    for (const { combo, t1 } of this.#running.values()) {
      bins.forEach((bin, i) => {
        count(bin, combo, t1, now, edges[i] ?? 0, edges[i + 1] ?? 0);
      });
    }
    return bins;
  }

  #entryOf(record: TimeRecord): Entry {
    let combo = this.#combos.get(record.ds);
    if (combo === undefined) {
      combo = comboIn(record.ds);
      this.#combos.set(record.ds, combo);
    }
    return { combo, ...orderedTimes(record.t1, record.t2), isRunning: isRunning(record) };
  }

  #takeOut(key: string, { combo, t1, t2, isRunning: wasRunning }: Entry): void {
    this.#entries.delete(key);
    if (wasRunning) {
      this.#running.delete(key);
      return;
    }
    const spans = this.#spansOf(combo);
    spans.starts.remove(t1);
    spans.ends.remove(t2);
    if (spans.starts.count === 0) this.#spans.delete(combo);
  }

  #putIn(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    if (entry.isRunning) {
      this.#running.set(key, entry);
      return;
    }
    const spans = this.#spansOf(entry.combo);
    spans.starts.add(entry.t1);
    spans.ends.add(entry.t2);
  }

  #spansOf(combo: string): Spans {
    let spans = this.#spans.get(combo);
    if (spans === undefined) {
      spans = { starts: new Moments(this.cost), ends: new Moments(this.cost) };
      this.#spans.set(combo, spans);
    }
    return spans;
  }
}

function trackedUntil(time: number, { starts, ends }: Spans): number {
  const [begun, ended] = [starts.before(time), ends.before(time)];
  const open = begun.count - ended.count;
  // Where nothing is open the moment does not matter, and it may be infinite: zero times that would not be a number.
  return (open === 0 ? 0 : open * time) + ended.sum - begun.sum;
}

/** Adds what of a running record lies in a range. */
function count(
  totals: Map<string, number>,
  combo: string,
  t1: number,
  now: number,
  from: number,
  to: number,
): void {
  const seconds = Math.min(now, to) - Math.max(t1, from);
  if (seconds > 0) totals.set(combo, (totals.get(combo) ?? 0) + seconds);
}

/** Goes through starts and ends, from the first after the first edge on, and puts the seconds into each bin, once. */
function sweep(
  starts: readonly number[],
  ends: readonly number[],
  before: { readonly open: number; readonly end: number },
  edges: readonly number[],
  put: (bin: number, seconds: number) => void,
): void {
  const last = edges.at(-1) ?? 0;
  let [start, end, time, bin, seconds] = [before.open, before.end, edges[0] ?? 0, 0, 0];
  while (time < last) {
    const until = Math.min(starts[start] ?? last, ends[end] ?? last, last);
    const open = start - end;
    let edge = edges[bin + 1] ?? last;
    if (open === 0 && edge <= until) {
      // The bins up to the next start are empty.
      put(bin, seconds);
      seconds = 0;
      bin = binOf(until, edges, bin + 1);
    } else if (open > 0) {
      while (edge <= until && time < last) {
        put(bin, seconds + open * (edge - time));
        [seconds, time, bin] = [0, edge, bin + 1];
        edge = edges[bin + 1] ?? last;
      }
      seconds += open * (until - time);
    }
    time = until;
    if (ends[end] === until) end += 1;
    else start += 1;
  }
}

/** The bin, not before a given one, that a moment lies in. */
function binOf(time: number, edges: readonly number[], from: number): number {
  let [low, high] = [from, edges.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  return low;
}
