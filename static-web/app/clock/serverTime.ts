import { type ReadonlySignal, signal } from "@preact/signals";

/** A moment by the device's clock, and by one that nobody sets; both in milliseconds. */
export interface Moment {
  readonly wall: number;
  readonly steady: number;
}

/** What one answer says about the device's clock. */
interface Sample {
  /** How much the server's clock is ahead, in milliseconds. */
  readonly ahead: number;
  /** The device's clock less the steady one: it changes when somebody sets the clock. */
  readonly epoch: number;
}

/** So many answers are enough for one that was late to count for nothing. */
const SAMPLES = 5;
/** An answer that took longer says too little about when it was written: the half of it is how wrong it may be. */
const LONGEST_ROUND_TRIP_MS = 4000;
/** More than this and the clock was set, or the device slept. */
const SET_MS = 2000;
/** `Date` has whole seconds and a round trip its length: less than this may be nothing. */
const LEAST_MS = 3000;

/**
 * How far the device's clock is from the server's, by the `Date` of its answers: each was written about in the middle between
 * question and answer, somewhere in the second that it names. The median of the last few counts.
 */
export class ServerTime {
  readonly #ahead = signal<number | null>(null);
  #samples: readonly Sample[] = [];

  /** How much the server's clock is ahead, in milliseconds; null as long as nothing has been heard. */
  get ahead(): ReadonlySignal<number | null> {
    return this.#ahead;
  }

  /** Takes in the `Date` of an answer. */
  heard(date: string | null, sent: Moment, received: Moment): void {
    const written = Date.parse(date ?? "");
    const roundTrip = received.steady - sent.steady;
    if (Number.isNaN(written) || roundTrip > LONGEST_ROUND_TRIP_MS) return;
    const ahead = written + 500 - (received.wall - roundTrip / 2);
    const epoch = received.wall - received.steady;
    const sameClock = this.#samples.filter((sample) => Math.abs(sample.epoch - epoch) < SET_MS);
    this.#samples = [...sameClock, { ahead, epoch }].slice(-SAMPLES);
    const sorted = this.#samples.map((sample) => sample.ahead).sort((a, b) => a - b);
    this.#ahead.value = sorted[Math.floor(sorted.length / 2)] ?? null;
  }

  /** Takes over what another tab has found out just now: what this one knew is older. */
  told(ahead: number): void {
    this.#samples = [];
    this.#ahead.value = ahead;
  }
}

/** The whole seconds to add to the device's clock: none where the difference may be nothing. */
export const correctionFor = (ahead: number | null): number =>
  ahead === null || Math.abs(ahead) < LEAST_MS ? 0 : Math.round(ahead / 1000);
