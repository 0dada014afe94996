import { ApiFailure } from "../api/request.ts";
import { MOST_BYTES } from "./chunks.ts";

/** A request that took no longer would not take too long with twice as much either. */
const QUICK_MS = 10_000;

/** How much one request may carry: little on a line on which more took too long. */
export class Pace {
  readonly #milliseconds: () => number;
  #mostBytes = MOST_BYTES;

  /** `milliseconds` counts since some moment and never goes back. */
  constructor(milliseconds: () => number) {
    this.#milliseconds = milliseconds;
  }

  get mostBytes(): number {
    return this.#mostBytes;
  }

  /** Sends so many bytes and learns from how long that takes. */
  async send<T>(bytes: number, request: () => Promise<T>): Promise<T> {
    const begin = this.#milliseconds();
    try {
      const answer = await request();
      if (this.#milliseconds() - begin <= QUICK_MS)
        this.#mostBytes = Math.min(MOST_BYTES, Math.max(this.#mostBytes, 2 * bytes));
      return answer;
    } catch (error) {
      if (error instanceof ApiFailure && error.isTimeout)
        this.#mostBytes = Math.min(this.#mostBytes, Math.max(1, Math.floor(bytes / 4)));
      throw error;
    }
  }
}
