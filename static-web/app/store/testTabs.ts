import type { Leadership, Locks } from "./leadership.ts";
import { type Channel, type TabEvents, type TabMessage, Tabs } from "./tabs.ts";

interface Waiting {
  readonly held: () => Promise<void>;
  readonly end: (error?: Error) => void;
}

/** One lock of a browser, with its rules: first come first served, and whoever steals it ends the request of its holder. */
export class TestLocks implements Locks {
  #holder: Waiting | null = null;
  readonly #queue: Waiting[] = [];

  request: Locks["request"] = (_name, { steal = false, signal }, held) =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = { held, end: (error) => (error === undefined ? resolve() : reject(error)) };
      if (steal) {
        this.#holder?.end(new DOMException("stolen", "AbortError"));
        this.#grant(waiting);
        return;
      }
      signal?.addEventListener("abort", () => {
        const place = this.#queue.indexOf(waiting);
        if (place < 0) return;
        this.#queue.splice(place, 1);
        waiting.end(new DOMException("given up", "AbortError"));
      });
      this.#queue.push(waiting);
      this.#next();
    });

  #next(): void {
    if (this.#holder !== null) return;
    const waiting = this.#queue.shift();
    if (waiting !== undefined) this.#grant(waiting);
  }

  #grant(waiting: Waiting): void {
    this.#holder = waiting;
    // A browser grants a moment later, when much can have happened.
    queueMicrotask(async () => {
      await waiting.held();
      waiting.end();
      if (this.#holder !== waiting) return;
      this.#holder = null;
      this.#next();
    });
  }
}

/** A browser with tabs that hear each other. */
export class TestBrowser {
  readonly #ears = new Map<object, (message: TabMessage) => void>();
  readonly locks: Locks | null;

  constructor(locks: Locks | null = new TestLocks()) {
    this.locks = locks;
  }

  /** A channel of one tab; a deaf one, as of a frozen tab, hears nothing. */
  channel(isDeaf: () => boolean = () => false): Channel {
    const self = {};
    return {
      post: (message) => {
        for (const [ear, heard] of this.#ears)
          if (ear !== self) queueMicrotask(() => heard(structuredClone(message)));
      },
      listen: (heard) => {
        this.#ears.set(self, (message) => {
          if (!isDeaf()) heard(message);
        });
      },
    };
  }

  /** Opens a tab; what it hears and does beside leading is up to the test. */
  open(state: { isHidden: boolean; isFrozen: boolean }, events: Partial<TabEvents> = {}): Leadership {
    const ignore = (): void => undefined;
    const channel = this.channel(() => state.isFrozen);
    const { leadership } = new Tabs(
      { name: "test", channel, locks: this.locks, isHidden: () => state.isHidden },
      {
        onChange: ignore,
        onReport: ignore,
        onSync: ignore,
        onUsed: ignore,
        onHello: ignore,
        onLead: ignore,
        onFollow: ignore,
        ...events,
      },
    );
    leadership.join();
    return leadership;
  }
}
