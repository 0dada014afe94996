/** The browser's locks, as far as they are needed; missing on plain http to another computer. */
export interface Locks {
  request(
    name: string,
    options: { readonly steal?: boolean; readonly signal?: AbortSignal },
    held: () => Promise<void>,
  ): Promise<void>;
}

/** What tabs say to each other about who leads. */
export type LeadershipMessage =
  /** A visible tab would rather lead. */
  | "claim"
  /** The tab that leads is visible itself and goes on. */
  | "mine"
  /** The tab that leads is hidden: a visible one may have it. */
  | "yours";

/** What leadership needs of its surroundings. */
export interface LeadershipHost {
  readonly locks: Locks | null;
  readonly name: string;
  isHidden(): boolean;
  say(message: LeadershipMessage): void;
  onLead(): void;
  onFollow(): void;
}

/** A leader that does not answer for so long is frozen: browsers stop pages that nobody sees. */
const ANSWER_MS = 1000;

/**
 * Sees to it that one tab of the browser leads, and that it is a visible one where there is any. The lock is the only
 * judge: it goes to the next tab when its holder closes, crashes or is killed, and a visible tab takes it from a hidden
 * one. For a moment two may believe that they lead, which costs work and no edits. Without locks every tab leads.
 */
export class Leadership {
  readonly #host: LeadershipHost;
  #release: (() => void) | null = null;
  #queue = new AbortController();
  #unanswered: ReturnType<typeof setTimeout> | undefined;
  #isLeading = false;
  #hasJoined = false;

  constructor(host: LeadershipHost) {
    this.#host = host;
  }

  get isLeading(): boolean {
    return this.#isLeading;
  }

  /** Joins the tabs: leads as soon as nobody else does. */
  join(): void {
    if (this.#hasJoined) return;
    this.#hasJoined = true;
    if (this.#host.locks === null) {
      this.#lead();
      return;
    }
    this.#request(false);
    this.#claim();
  }

  /** Leaves the tabs: the page is about to go away. It may come back and join again. */
  leave(): void {
    this.#hasJoined = false;
    clearTimeout(this.#unanswered);
    this.#queue.abort();
    this.#stop();
    this.#release?.();
  }

  /** The page has become visible or hidden. */
  visibilityChanged(): void {
    if (this.#host.locks === null || !this.#hasJoined) return;
    if (!this.#isLeading) this.#claim();
    else if (this.#host.isHidden()) this.#host.say("yours");
  }

  /** Another tab has said something. */
  hear(message: LeadershipMessage): void {
    switch (message) {
      case "claim":
        if (this.#isLeading) this.#host.say(this.#host.isHidden() ? "yours" : "mine");
        break;
      case "mine":
        clearTimeout(this.#unanswered);
        break;
      case "yours":
        if (this.#hasJoined && !this.#isLeading && !this.#host.isHidden()) this.#take();
        break;
    }
  }

  #claim(): void {
    if (this.#isLeading || this.#host.isHidden()) return;
    clearTimeout(this.#unanswered);
    this.#unanswered = setTimeout(() => {
      if (!this.#isLeading && !this.#host.isHidden()) this.#take();
    }, ANSWER_MS);
    this.#host.say("claim");
  }

  #take(): void {
    clearTimeout(this.#unanswered);
    this.#queue.abort();
    this.#request(true);
  }

  #request(steal: boolean): void {
    const queue = new AbortController();
    this.#queue = queue;
    const held = (): Promise<void> => {
      if (queue.signal.aborted) return Promise.resolve();
      this.#start();
      return new Promise((resolve) => {
        this.#release = resolve;
      });
    };
    // A request that steals cannot be given up, and need not be: it is granted at once.
    const options = steal ? { steal } : { signal: queue.signal };
    this.#host.locks?.request(this.#host.name, options, held).catch((error: unknown) => {
      if (queue !== this.#queue || queue.signal.aborted) return;
      this.#stop();
      // Taken by another tab: wait for the lock again, behind the others.
      if (error instanceof DOMException && error.name === "AbortError") this.#request(false);
      // A browser that gives out no locks here has none.
      else this.#lead();
    });
  }

  #lead(): void {
    clearTimeout(this.#unanswered);
    this.#isLeading = true;
    this.#host.onLead();
  }

  #start(): void {
    this.#lead();
    // Who claimed before there was anybody to answer hears it now.
    this.#host.say(this.#host.isHidden() ? "yours" : "mine");
  }

  #stop(): void {
    if (!this.#isLeading) return;
    this.#isLeading = false;
    this.#host.onFollow();
  }
}
