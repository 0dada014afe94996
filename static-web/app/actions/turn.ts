/** Presses of the same button closer together than this are one: a double click, or a key that bounces. */
const SAME_PRESS_MS = 500;

/** Lets one action run at a time, and takes repeats of an action right after its start for the same press. */
export class Turn {
  readonly #milliseconds: () => number;
  #busy = false;
  #last: { readonly id: string; readonly startedAt: number } | undefined;

  /** `milliseconds` is a clock that never goes back. */
  constructor(milliseconds: () => number) {
    this.#milliseconds = milliseconds;
  }

  /** Whether the action may run now. If so it has the turn until `end`. A repeatable one is never the same press. */
  take(id: string, isRepeatable = false): boolean {
    const now = this.#milliseconds();
    const isSamePress = !isRepeatable && this.#last?.id === id && now - this.#last.startedAt < SAME_PRESS_MS;
    if (this.#busy || isSamePress) return false;
    this.#busy = true;
    this.#last = { id, startedAt: now };
    return true;
  }

  /** Ends the turn. What failed was not done: the next press is not the same. */
  end(hasFailed = false): void {
    this.#busy = false;
    if (hasFailed) this.#last = undefined;
  }
}
