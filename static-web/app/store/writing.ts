import { unwrap } from "idb";
import { isVisiblyRunning, type TimeRecord } from "../domain/record.ts";
import type { Copy, KeptItem } from "./copy.ts";
import { AT_ONCE, type Database, type Meta, STORES } from "./database.ts";
import { readEverything, readKept, readMeta, readOutbox, type Tx } from "./reading.ts";
import { type AnyItem, type ItemName, idOf, type Kind, type OutboxEntry } from "./store.ts";

/** One transaction that writes: it reads what it needs, collects what shall change, and writes that at its end. */
export class Writing {
  readonly #tx: Tx<"readwrite">;
  readonly #copy: Copy;
  readonly #revision: number;
  readonly #kept = new Map<string, KeptItem>();
  readonly #newBases = new Set<string>();
  readonly #newEntries = new Set<string>();
  readonly #meta: Partial<Record<keyof Meta, Meta[keyof Meta]>> = {};
  #isCleared = false;

  private constructor(tx: Tx<"readwrite">, copy: Copy, revision: number) {
    this.#tx = tx;
    this.#copy = copy;
    this.#revision = revision;
  }

  static async begin(tx: Tx<"readwrite">, copy: Copy): Promise<Writing> {
    return new Writing(tx, copy, (await readMeta(tx, "revision")) ?? 0);
  }

  /** Whether the copy in memory is what the database held when this began. */
  get #isCopyCurrent(): boolean {
    return this.#copy.isAt(this.#revision);
  }

  /** Sees to it that the copy in memory is what the database holds, as long as this has changed nothing. */
  async catchUpCopy(): Promise<void> {
    if (!this.#isCopyCurrent) this.#copy.replace(await readEverything(this.#tx), this.#revision);
  }

  meta<Name extends keyof Meta>(name: Name): Promise<Meta[Name] | undefined> {
    return readMeta(this.#tx, name);
  }

  setMeta<Name extends keyof Meta>(name: Name, value: Meta[Name]): void {
    this.#meta[name] = value;
  }

  /** Reads items, so that `kept` knows them. What the copy in memory surely knows is not read again. */
  async find(kind: Kind, keys: readonly string[]): Promise<void> {
    await this.#find(kind, keys, false);
  }

  /**
   * The same where it does not matter what the server has as long as an edit waits: then `base` may be the version that
   * is shown. A batch of edits that wait already would otherwise be read item by item.
   */
  async findShown(kind: Kind, keys: readonly string[]): Promise<void> {
    await this.#find(kind, keys, true);
  }

  async #find(kind: Kind, keys: readonly string[], isShownEnough: boolean): Promise<void> {
    const unknown: ItemName[] = [];
    const isCurrent = this.#isCopyCurrent;
    const outbox = this.#copy.outbox.value;
    for (const key of keys) {
      const name = { kind, key };
      const id = idOf(name);
      if (this.#kept.has(id)) continue;
      const entry = outbox.get(id);
      if (isCurrent && this.#copy.knows(name) && (entry === undefined || isShownEnough))
        this.#kept.set(id, { ...name, base: this.#copy.get(name), entry });
      else unknown.push(name);
    }
    for (const item of await readKept(this.#tx, unknown)) this.#kept.set(idOf(item), item);
  }

  /** Reads the whole outbox, and what the server has of its items. */
  async findOutbox(): Promise<readonly OutboxEntry[]> {
    const entries = await readOutbox(this.#tx);
    for (const item of await readKept(this.#tx, entries)) this.#kept.set(idOf(item), item);
    return entries;
  }

  /** What is kept of an item that was found, as this transaction leaves it so far. */
  kept(name: ItemName): KeptItem {
    const kept = this.#kept.get(idOf(name));
    if (kept === undefined) throw new Error(`${idOf(name)} was not looked for.`);
    return kept;
  }

  /** Everything the server was known to have is to go; what waits stays. */
  clearBases(): void {
    this.#isCleared = true;
    for (const [id, kept] of this.#kept) this.#kept.set(id, { ...kept, base: undefined });
  }

  setBase(kind: Kind, base: AnyItem): void {
    const name = { kind, key: base.key };
    const kept = this.#isCleared ? this.#kept.get(idOf(name)) : this.kept(name);
    this.#kept.set(idOf(name), { ...name, base, entry: kept?.entry });
    this.#newBases.add(idOf(name));
  }

  setEntry(entry: OutboxEntry): void {
    this.#kept.set(idOf(entry), { ...this.kept(entry), entry });
    this.#newEntries.add(idOf(entry));
  }

  removeEntry(name: ItemName): void {
    this.#kept.set(idOf(name), { ...this.kept(name), entry: undefined });
    this.#newEntries.add(idOf(name));
  }

  /** Writes what has been collected. */
  async end(): Promise<Wrote> {
    const changed = new Set([...this.#newBases, ...this.#newEntries]);
    const hasNews = changed.size > 0 || this.#isCleared;
    const revision = this.#revision + (hasNews ? 1 : 0);
    if (hasNews) this.setMeta("revision", revision);
    if (this.#newBases.size > 0 || this.#isCleared) this.setMeta("confirmed", revision);
    if (this.#newBases.size > 0 || this.#isCleared) await this.#noteRunning();
    const stores = storesOf(this.#tx);
    if (this.#isCleared) {
      stores.records.clear();
      stores.settings.clear();
    }
    const items: KeptItem[] = [];
    for (const id of changed) {
      const item = this.#kept.get(id);
      if (item === undefined) continue;
      items.push(item);
      const last = this.#put(stores, id, item);
      if (items.length % AT_ONCE === 0) await ended(last);
    }
    for (const [name, value] of Object.entries(this.#meta)) stores.meta.put(value, name);
    // What was only looked at is news to a copy that lags.
    const seen = this.#isCopyCurrent ? items : [...this.#kept.values()];
    return { revision, items, seen, hasNews, isCleared: this.#isCleared };
  }

  /** Keeps the list of what runs in step with what the server is known to have. */
  async #noteRunning(): Promise<void> {
    const before = this.#isCleared ? [] : ((await readMeta(this.#tx, "running")) ?? []);
    const running = new Set(before);
    for (const id of this.#newBases) {
      const { kind, key, base } = this.#kept.get(id) ?? {};
      if (kind !== "records" || key === undefined) continue;
      if (isVisiblyRunning(base as TimeRecord)) running.add(key);
      else running.delete(key);
    }
    if (this.#isCleared || running.size !== before.length || before.some((key) => !running.has(key)))
      this.setMeta("running", [...running]);
  }

  /** Writes what is new of one item; returns the last request. */
  #put(stores: RawStores, id: string, { kind, key, base, entry }: KeptItem): IDBRequest | undefined {
    let last: IDBRequest | undefined;
    if (this.#newBases.has(id) && base !== undefined) last = stores[kind].put(base);
    if (this.#newEntries.has(id))
      last = entry === undefined ? stores.outbox.delete([kind, key]) : stores.outbox.put(entry);
    return last;
  }
}

/** The stores without idb's promises: with tens of thousands of requests those take most of the time. */
type RawStores = Readonly<Record<(typeof STORES)[number], IDBObjectStore>>;

const storesOf = (tx: Tx<"readwrite">): RawStores => ({
  records: unwrap(tx.objectStore("records")),
  settings: unwrap(tx.objectStore("settings")),
  outbox: unwrap(tx.objectStore("outbox")),
  meta: unwrap(tx.objectStore("meta")),
});

/** Waits for the end of a request. Its failure is the transaction's, which tells it. */
const ended = (request: IDBRequest | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (request === undefined) resolve();
    else request.onsuccess = request.onerror = () => resolve();
  });

/** What a transaction has written. */
export interface Wrote {
  readonly revision: number;
  readonly items: readonly KeptItem[];
  /** What the copy in memory does not know yet. */
  readonly seen: readonly KeptItem[];
  readonly hasNews: boolean;
  /** Whether everything the server was known to have went before. */
  readonly isCleared: boolean;
}

/** Does `work` in one transaction. What throws there, or fails at the disk, leaves nothing behind and is thrown here. */
export async function write<T>(
  db: Database,
  copy: Copy,
  durability: IDBTransactionDurability,
  work: (writing: Writing) => Promise<T>,
): Promise<{ readonly result: T; readonly wrote: Wrote }> {
  const tx = db.transaction(STORES, "readwrite", { durability });
  const done = tx.done;
  // Whoever waits below is told; nobody else has to be.
  done.catch(() => undefined);
  try {
    const writing = await Writing.begin(tx, copy);
    const result = await work(writing);
    const wrote = await writing.end();
    await done;
    return { result, wrote };
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It is over already.
    }
    throw await causeOf(error, done);
  }
}

/** Why a transaction failed: a request only says that it was aborted, the transaction itself knows by what. */
async function causeOf(error: unknown, done: Promise<void>): Promise<unknown> {
  const end: unknown = await done.then(
    () => error,
    (reason: unknown) => reason,
  );
  return error instanceof DOMException && error.name === "AbortError" ? end : error;
}
