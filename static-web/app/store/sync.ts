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
  /** Milliseconds since some moment, which never go back. */
  milliseconds(): number;
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
  /** Why the server did not take the last push, and from when on to try again. Pulls go on meanwhile. */
  #refusal: ApiFailure | null = null;
  #refusals = 0;
  #pushFrom = 0;
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
    this.#pushFrom = 0;
    // A sync that is under way schedules the next one when it ends, and must not wait its usual time then.
    if (this.#busy) this.#again = true;
    else this.#schedule(PUSH_SOON_MS);
  }

  /** Syncs now: the page became visible, the network came back or the person signed in again. */
  resume(): void {
    this.#stopped = false;
    this.#pushFrom = 0;
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
      const isNews = this.status.value.phase !== "done" || this.#store.outbox.value.size > 0;
      // What the server said about a push stays on the screen while it is tried again.
      if (isNews && this.#refusal === null) this.status.value = { phase: "busy" };
      await this.#host.exclusively(async () => {
        await this.#pushAll();
        const updates = await this.#remote.pull(await this.#store.serverTime());
        if (await this.#store.receive(updates)) this.edited();
      });
      this.#failures = 0;
      if (this.#refusal === null) this.status.value = { phase: "done" };
      else this.#show(this.#refusal);
      delay = this.#host.isHidden() ? HIDDEN_MS : VISIBLE_MS;
    } catch (error) {
      delay = this.#failed(isRefusal(error) ? (this.#refusal ?? error) : error);
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
    this.#flush("settings", this.#waiting());
    this.#flush("records", this.#waiting());
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

  #waiting(): readonly OutboxEntry[] {
    return [...this.#store.outbox.value.values()].filter((entry) => entry.refused === null);
  }

  /** Tries every push, unless the server refused the last ones a moment ago. A refusal never holds up the others. */
  async #pushAll(): Promise<void> {
    if (this.#host.milliseconds() < this.#pushFrom && this.#waiting().length > 0) return;
    const refusals = [...(await this.#push("settings")), ...(await this.#push("records"))];
    this.#refusal = refusals[0] ?? null;
    this.#refusals = this.#refusal === null ? 0 : this.#refusals + 1;
    if (this.#refusal !== null)
      this.#pushFrom = this.#host.milliseconds() + this.#pause(this.#refusals, this.#refusal);
  }

  /** Pushes one kind; returns the refusals. Throws what ends the whole cycle. */
  async #push(kind: Kind): Promise<readonly ApiFailure[]> {
    const refusals: ApiFailure[] = [];
    for (const { items, body } of chunked(await this.#store.outgoing(kind))) {
      try {
        await this.#store.settle(kind, items, await this.#remote.push(kind, body, false));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusals.push(error);
      }
    }
    return refusals;
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.run(), delay);
  }

  /** Shows the failure; returns the pause before the next try. */
  #failed(error: unknown): number {
    this.#failures += 1;
    this.#show(error);
    return this.#pause(this.#failures, error);
  }

  #pause(failures: number, error: unknown): number {
    const wished = error instanceof ApiFailure ? error.retryAfterSeconds * 1000 : 0;
    return Math.max(retryDelay(failures, this.#host.random()), wished);
  }

  #show(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const kind = error instanceof ApiFailure ? error.kind : null;
    if (kind === "revoked" || kind === "unauthorized") {
      this.#stopped = true;
      this.status.value = { phase: "signedOut", text };
      if (kind === "revoked") this.#host.onRevoked();
    } else if (kind === "network") this.status.value = { phase: "offline" };
    else this.status.value = { phase: kind === "notice" ? "notice" : "trouble", text };
  }
}

/** Whether the server refused this one request, so that others may still work. */
function isRefusal(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && ["notice", "forbidden", "refused", "shape"].includes(error.kind);
}
