import { ApiFailure } from "../api/request.ts";
import { type Chunk, chunked, fitting } from "./chunks.ts";
import type { LocalStore } from "./localStore.ts";
import type { Pace } from "./pace.ts";
import type { Remote } from "./remote.ts";
import { type AnyItem, KINDS, type Kind } from "./store.ts";
import type { Suspects } from "./suspects.ts";

/** What browsers let requests that outlive the page carry together, with room for the headers. */
const KEEPALIVE_BYTES = 60_000;
/** So many items that cannot be taken even alone, and the server is what is wrong, not the items. */
const MOST_ALONE = 20;
/** The same where the server fails and has taken nothing: one in trouble is not asked sixty times. */
const MOST_FAILED = 3;
/** So many others are tried before the server is blamed. */
const HANDFUL = 5;

/** What is remembered from one push to the next. */
export interface PushMemory {
  readonly pace: Pace;
  readonly suspects: Suspects;
}

/** How a push went. */
export interface Pushed {
  /** Why the server did not take part of it; null if nothing was in the way. */
  readonly refusal: ApiFailure | null;
  /** Whether the server took anything. */
  readonly isTaken: boolean;
}

/** Whether the server refused this one request, or failed at it, so that others may still work. */
export function isRefusal(error: unknown): error is ApiFailure {
  return (
    error instanceof ApiFailure &&
    (["notice", "forbidden", "malformed", "refused", "shape"].includes(error.kind) ||
      (error.kind === "server" && error.retryAfterSeconds === 0))
  );
}

/**
 * Sends what waits: settings, then records. A refusal of one kind never holds up the other. Throws what ends all.
 * `isPersistent` says that the server has failed several times: an item may be what makes it.
 */
export async function pushAll(
  store: LocalStore,
  remote: Remote,
  memory: PushMemory,
  isPersistent: boolean,
): Promise<Pushed> {
  const push = new Push(store, remote, memory, isPersistent);
  for (const kind of KINDS) await push.sendKind(kind);
  await push.judge();
  return { refusal: push.refusal, isTaken: push.isTaken };
}

/** Asks whether the server takes changes again, by sending none. */
export async function probe(remote: Remote): Promise<Pushed> {
  try {
    await remote.push("settings", "[]", false);
    return { refusal: null, isTaken: true };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { refusal: error, isTaken: false };
  }
}

/**
 * Sends what waits in requests that outlive the page, as much as browsers let them carry; the rest keeps waiting, and
 * so does an item that is too large for that, without holding up the others. What has left once in this way is left to
 * the next sync.
 */
export function flush(store: LocalStore, remote: Remote): Promise<unknown> {
  let bytes = KEEPALIVE_BYTES;
  const sent: Promise<unknown>[] = [];
  for (const kind of KINDS) {
    const room = bytes;
    const [chunk] = chunked(fitting<AnyItem>(store.outgoing(kind), room), () => room);
    if (chunk === undefined) continue;
    bytes -= chunk.bytes;
    sent.push(remote.push(kind, chunk.body, true).then((answer) => store.settle(kind, chunk.items, answer)));
  }
  // An edit that did not arrive stays in the outbox, and the next sync says what is wrong.
  return Promise.allSettled(sent);
}

class Push {
  refusal: ApiFailure | null = null;
  isTaken = false;
  readonly #store: LocalStore;
  readonly #remote: Remote;
  readonly #memory: PushMemory;
  readonly #isPersistent: boolean;
  /** Those that cannot be taken even alone. */
  readonly #suspects: { readonly kind: Kind; readonly item: AnyItem; readonly error: ApiFailure }[] = [];
  /** What the server said when there were so many of them that the search ended. */
  #end: ApiFailure | null = null;

  constructor(store: LocalStore, remote: Remote, memory: PushMemory, isPersistent: boolean) {
    this.#store = store;
    this.#remote = remote;
    this.#memory = memory;
    this.#isPersistent = isPersistent;
    memory.suspects.begin();
  }

  async sendKind(kind: Kind): Promise<void> {
    const [fresh, tried] = this.#memory.suspects.inTurn<AnyItem>(kind, this.#store.outgoing(kind));
    if (await this.#send(kind, fresh)) await this.#send(kind, tried);
  }

  /**
   * Marks items that cannot be taken as refused. A server that takes nothing at all is what is wrong itself: where it
   * failed, or where there are many of them, they wait. What an ended search has not reached is for the next push.
   */
  async judge(): Promise<void> {
    if (this.#end !== null) await this.#tryOthers();
    if (this.#end?.kind === "server") this.refusal ??= this.#end;
    const isServer = !this.isTaken && this.#suspects.length >= MOST_ALONE;
    for (const { kind, item, error } of this.#suspects) {
      const isItem =
        error.kind === "server" ? this.#memory.suspects.isProven(kind, item, this.isTaken) : !isServer;
      if (!isItem) this.refusal ??= error;
      else
        await this.#store.settle(kind, [item], {
          accepted: new Set(),
          failed: new Map([[item.key, error.message]]),
        });
    }
  }

  /** Tries a few of those that never failed alone, spread over all that wait, until something is taken. */
  async #tryOthers(): Promise<void> {
    const others = KINDS.flatMap((kind) => {
      const [fresh] = this.#memory.suspects.inTurn<AnyItem>(kind, this.#store.outgoing(kind));
      return fresh.map((item) => ({ kind, item }));
    });
    const tries = Math.min(HANDFUL, others.length);
    for (let i = 1; i <= tries && !this.isTaken; i++) {
      // The last one, which is often the newest, is among them.
      const other = others[Math.ceil((i * others.length) / tries) - 1];
      if (other !== undefined) await this.#send(other.kind, [other.item]);
    }
  }

  /** Sends items, in as many requests as it takes. False when it is no use to go on. */
  async #send(kind: Kind, items: readonly AnyItem[]): Promise<boolean> {
    for (const chunk of chunked(items, () => this.#memory.pace.mostBytes))
      if (!(await this.#request(kind, chunk))) return false;
    return true;
  }

  /** Sends items in one request, or in smaller ones if that one cannot be taken. False when it is no use to go on. */
  async #request(kind: Kind, { items, body, bytes }: Chunk<AnyItem>): Promise<boolean> {
    try {
      const answer = await this.#memory.pace.send(bytes, () => this.#remote.push(kind, body, false));
      await this.#store.settle(kind, items, answer);
      this.isTaken = true;
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const isOfItems = error.kind === "malformed" || (this.#isPersistent && error.kind === "server");
      if (isOfItems) return this.#apart(kind, items, error);
      this.refusal ??= error;
      return false;
    }
  }

  /** Finds the items that keep the others from being taken, unless there are too many of them. */
  async #apart(kind: Kind, items: readonly AnyItem[], error: ApiFailure): Promise<boolean> {
    const [first] = items;
    if (items.length === 1 && first !== undefined) {
      this.#suspects.push({ kind, item: first, error });
      this.#memory.suspects.failedAlone(kind, first);
    }
    const most = error.kind === "server" && !this.isTaken ? MOST_FAILED : MOST_ALONE;
    if (this.#suspects.length >= most) {
      this.#end = error;
      return false;
    }
    if (items.length === 1) return true;
    const middle = Math.ceil(items.length / 2);
    return (await this.#send(kind, items.slice(0, middle))) && (await this.#send(kind, items.slice(middle)));
  }
}
