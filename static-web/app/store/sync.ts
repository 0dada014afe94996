import { signal } from "@preact/signals";
import { ApiFailure } from "../api/request.ts";
import { chunked } from "./chunks.ts";
import type { ItemOf, Kind, OutboxEntry } from "./database.ts";
import type { LocalStore } from "./localStore.ts";
import type { Remote } from "./remote.ts";

const PUSH_SOON_MS = 100;
const VISIBLE_MS = 10_000;
const HIDDEN_MS = 60_000;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 300_000;
/** What browsers let requests that outlive the page carry, with room for the headers. */
const KEEPALIVE_BYTES = 60_000;

/** What the person should know about the connection to the server. */
export type SyncStatus =
  | { readonly phase: "starting" | "busy" | "done" | "offline" }
  | { readonly phase: "trouble" | "signedOut" | "notice"; readonly text: string };

/** What a sync needs from its surroundings. */
export interface SyncHost {
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  isHidden(): boolean;
  random(): number;
  onRevoked(): void;
}

/** The pause after a number of failures in a row, with jitter so that a crowd does not come back all at once. */
export function retryDelay(failures: number, random: number): number {
  const most = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
  return FIRST_RETRY_MS + random * (most - FIRST_RETRY_MS);
}

/** Carries edits to the server and the server's changes here: push, pull, wait, again. */
export class Sync {
  readonly status = signal<SyncStatus>({ phase: "starting" });

  readonly #store: LocalStore;
  readonly #remote: Remote;
  readonly #host: SyncHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #busy = false;
  #again = false;
  #stopped = false;

  constructor(store: LocalStore, remote: Remote, host: SyncHost) {
    this.#store = store;
    this.#remote = remote;
    this.#host = host;
  }

  /** An edit waits: push it in a moment, together with what follows at once. */
  edited(): void {
    // A sync that is under way schedules the next one when it ends, and must not wait its usual time then.
    if (this.#busy) this.#again = true;
    else this.#schedule(PUSH_SOON_MS);
  }

  /** Syncs now: the page became visible, the network came back or the person signed in again. */
  resume(): void {
    this.#stopped = false;
    if (this.#busy) this.#again = true;
    else this.#schedule(0);
  }

  /** Pushes, then pulls. Failures end in `status`, never in an exception; another try is scheduled. */
  async run(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    clearTimeout(this.#timer);
    let delay: number;
    try {
      if (this.status.value.phase !== "done" || this.#store.outbox.value.size > 0)
        this.status.value = { phase: "busy" };
      await this.#host.exclusively(async () => {
        await this.#push("settings");
        await this.#push("records");
        await this.#store.receive(await this.#remote.pull(await this.#store.serverTime()));
      });
      this.#failures = 0;
      this.status.value = { phase: "done" };
      delay = this.#host.isHidden() ? HIDDEN_MS : VISIBLE_MS;
    } catch (error) {
      delay = this.#failed(error);
    } finally {
      this.#busy = false;
    }
    const again = this.#again;
    this.#again = false;
    this.#schedule(again ? PUSH_SOON_MS : delay);
  }

  /** Sends what waits in a request that outlives the page; called when the page may be about to go away. */
  flush(): void {
    if (this.#stopped) return;
    const waiting = [...this.#store.outbox.value.values()].filter((entry) => entry.refused === null);
    this.#flush("settings", waiting);
    this.#flush("records", waiting);
  }

  #flush<K extends Kind>(kind: K, waiting: readonly OutboxEntry[]): void {
    const items = waiting.filter((entry) => entry.kind === kind).map((entry) => entry.item as ItemOf[K]);
    const [chunk] = chunked(items, KEEPALIVE_BYTES);
    if (chunk === undefined) return;
    this.#remote.push(kind, chunk.body, true).then(
      (answer) => this.#store.settle(kind, chunk.items, answer),
      // The edit stays in the outbox, and the next sync says what is wrong.
      () => undefined,
    );
  }

  async #push(kind: Kind): Promise<void> {
    for (const { items, body } of chunked(await this.#store.outgoing(kind))) {
      await this.#store.settle(kind, items, await this.#remote.push(kind, body, false));
    }
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.run(), delay);
  }

  /** Shows the failure; returns the pause before the next try. */
  #failed(error: unknown): number {
    this.#failures += 1;
    const pause = retryDelay(this.#failures, this.#host.random());
    if (!(error instanceof ApiFailure)) {
      this.status.value = { phase: "trouble", text: error instanceof Error ? error.message : String(error) };
      return pause;
    }
    if (error.kind === "revoked" || error.kind === "unauthorized") {
      this.#stopped = true;
      this.status.value = { phase: "signedOut", text: error.message };
      if (error.kind === "revoked") this.#host.onRevoked();
    } else if (error.kind === "network") this.status.value = { phase: "offline" };
    else if (error.kind === "notice") this.status.value = { phase: "notice", text: error.message };
    else this.status.value = { phase: "trouble", text: error.message };
    return Math.max(pause, error.retryAfterSeconds * 1000);
  }
}
