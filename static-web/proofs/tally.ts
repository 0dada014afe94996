/** Counts what happened, for the reader of a run. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(what: string, times = 1): void {
    this.#counts.set(what, this.of(what) + times);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  /** Those that never happened. */
  missing(expected: readonly string[]): readonly string[] {
    return expected.filter((what) => this.of(what) === 0);
  }

  toString(): string {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, times]) => `${what}: ${times}`)
      .join(", ");
  }
}
