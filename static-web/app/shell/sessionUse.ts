import type { Use } from "../store/cadence.ts";

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "focus"] as const;
/** Whoever does something after so long has come back, and wants to see what is new. */
const AWAY_MS = 60_000;
/** How often other tabs are told that this one is used. */
const TELL_EVERY_MS = 5_000;

/** Who is told of the use of a page. */
export interface UseHost {
  /** Somebody does something again after a while. */
  onReturn(): void;
  /** Somebody does something; now and then, for other tabs. */
  onUse(): void;
}

/** Whether somebody uses the app, here or in another tab. */
export class UseWatch {
  readonly #milliseconds: () => number;
  readonly #host: UseHost;
  #usedAt: number;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(milliseconds: () => number, host: UseHost) {
    [this.#milliseconds, this.#host] = [milliseconds, host];
    this.#usedAt = milliseconds();
  }

  /** How the page is used at this moment. */
  use(): Use {
    return { isHidden: document.hidden, idleMs: this.#milliseconds() - this.#usedAt };
  }

  /** Somebody does something here. */
  used(): void {
    const now = this.#milliseconds();
    const wasAway = now - this.#usedAt > AWAY_MS;
    this.#usedAt = now;
    if (now - this.#toldAt >= TELL_EVERY_MS) {
      this.#toldAt = now;
      this.#host.onUse();
    }
    if (wasAway) this.#host.onReturn();
  }

  /** Somebody does something in another tab, which asks for a sync itself if that is new. */
  usedElsewhere(): void {
    this.#usedAt = this.#milliseconds();
  }
}

/** Watches whether somebody uses the page, as long as it lives. */
export function watchUse(milliseconds: () => number, host: UseHost): UseWatch {
  const watch = new UseWatch(milliseconds, host);
  for (const sign of SIGNS)
    window.addEventListener(sign, () => watch.used(), { capture: true, passive: true });
  return watch;
}
