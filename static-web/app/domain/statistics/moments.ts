/** What looking something up or changing it has cost so far, for tests to hold: times do not prove anything, counts do. */
export interface Cost {
  /** How many stored moments were looked at, moved or added. */
  moments: number;
}

const ascending = (a: number, b: number): number => a - b;

/** Some moments, sorted, which tell without going through them how many are before another moment, and their sum. */
export class Moments {
  #times: number[] = [];
  /** The sum of the first n times, at n. */
  #sums: number[] = [0];
  #added: number[] = [];
  #removed: number[] = [];
  readonly #cost: Cost;

  constructor(cost: Cost) {
    this.#cost = cost;
  }

  /** Adds a moment. */
  add(time: number): void {
    this.#added.push(time);
  }

  /** Takes out one of the moments that were added. */
  remove(time: number): void {
    this.#removed.push(time);
  }

  /** How many moments there are. */
  get count(): number {
    return this.#times.length + this.#added.length - this.#removed.length;
  }

  /** How many of them are before `time`. */
  countBefore(time: number): number {
    this.#settle();
    return this.#search(time);
  }

  /** How many of them are before `time`, and their sum. */
  before(time: number): { readonly count: number; readonly sum: number } {
    this.#settle();
    const count = this.#search(time);
    return { count, sum: this.#sums[count] ?? 0 };
  }

  /** All of them in order. Whoever goes through them accounts for it. */
  get sorted(): readonly number[] {
    this.#settle();
    return this.#times;
  }

  #search(time: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      this.#cost.moments += 1;
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts what has changed into its place: all at once, and nothing before the first change is touched. */
  #settle(): void {
    if (this.#added.length === 0 && this.#removed.length === 0) return;
    const added = this.#added.sort(ascending);
    const removed = this.#removed.sort(ascending);
    [this.#added, this.#removed] = [[], []];
    const from = this.#search(Math.min(added[0] ?? Infinity, removed[0] ?? Infinity));
    const old = this.#times.slice(from);
    this.#times.length = from;
    this.#sums.length = from + 1;
    let [sum, a, r] = [this.#sums[from] ?? 0, 0, 0];
    const put = (time: number): void => {
      // Taken out again before it was ever put in, or not of those to be taken out.
      if (time === removed[r]) {
        r += 1;
        return;
      }
      sum += time;
      this.#times.push(time);
      this.#sums.push(sum);
    };
    for (const time of old) {
      while (a < added.length && (added[a] ?? 0) <= time) put(added[a++] ?? 0);
      put(time);
    }
    while (a < added.length) put(added[a++] ?? 0);
    this.#cost.moments += old.length + added.length;
  }
}
