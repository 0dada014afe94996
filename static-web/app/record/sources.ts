import { type ReadonlySignal, signal } from "@preact/signals";
import { collectSources, SourceCollector, type Sources } from "../domain/completion.ts";
import { PRESETS_KEY, presetsOf } from "../domain/presets.ts";
import type { AppStore } from "../store/store.ts";

/** How long it may keep the page from answering. */
const PIECE_MS = 8;
/** So many records are looked at between two looks at the clock. */
const RECORDS_AT_ONCE = 200;

/** What pauses and measures. */
export interface Pacing {
  readonly milliseconds: () => number;
  pause(): Promise<void>;
}

const browser: Pacing = {
  milliseconds: () => performance.now(),
  pause: () => new Promise((resolve) => setTimeout(resolve)),
};

/**
 * What suggestions are made from. To go through all records takes longer than a key press may, so it is done in pieces, and
 * what was known before is offered meanwhile.
 */
export class SuggestionSources {
  readonly current: ReadonlySignal<Sources>;
  readonly #current = signal<Sources>(collectSources([], [], 0));
  readonly #store: AppStore;
  readonly #clock: () => number;
  readonly #pacing: Pacing;
  #version: number | null = null;
  #run = 0;

  constructor(store: AppStore, clock: () => number, pacing: Pacing = browser) {
    this.current = this.#current;
    this.#store = store;
    this.#clock = clock;
    this.#pacing = pacing;
  }

  /** Takes in what has changed since the last time. */
  async refresh(): Promise<void> {
    const version = this.#store.version.peek();
    if (version === this.#version) return;
    this.#run += 1;
    const run = this.#run;
    const collector = new SourceCollector(this.#clock());
    let [seen, since] = [0, this.#pacing.milliseconds()];
    for (const record of this.#store.records.values()) {
      collector.add(record);
      seen += 1;
      if (seen % RECORDS_AT_ONCE !== 0 || this.#pacing.milliseconds() - since < PIECE_MS) continue;
      await this.#pacing.pause();
      if (run !== this.#run) return;
      since = this.#pacing.milliseconds();
    }
    this.#version = version;
    this.#current.value = collector.sources(presetsOf(this.#store.settings.get(PRESETS_KEY)?.value));
  }
}
