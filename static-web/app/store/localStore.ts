import { signal } from "@preact/signals";
import { supersedes } from "../domain/merge.ts";
import { nextMt, type Setting, type TimeRecord } from "../domain/record.ts";
import type { PushAnswer, Updates } from "./answers.ts";
import type { Database, ItemOf, Kind, OutboxEntry, OutboxEntryOf } from "./database.ts";

/** What changed: some keys of each kind, or too much to name. */
export type Change =
  | "everything"
  | { readonly records: readonly string[]; readonly settings: readonly string[] };

/** An edit of the item with this key. */
export interface Edit<Item> {
  readonly key: string;
  /** The item as it shall be, given what the database holds now; undefined leaves it as it is. Must not wait. */
  change(current: Item | undefined): Item | undefined;
}

const KINDS = ["settings", "records"] as const;
const ALL_STORES = ["records", "settings", "outbox", "meta"] as const;

/**
 * The person's data in this browser: IndexedDB, and a copy in memory that the screen reads. Every change is one
 * transaction, and the copy follows only after that transaction is complete, so what the screen shows is durable.
 */
export class LocalStore {
  /** Grows with every change of the copy in memory. */
  readonly version = signal(0);
  /** The edits that the server has not accepted, refused ones included. */
  readonly outbox = signal<ReadonlyMap<string, OutboxEntry>>(new Map());

  readonly #db: Database;
  readonly #now: () => number;
  readonly #announce: (change: Change) => void;
  readonly #copies = { records: new Map<string, TimeRecord>(), settings: new Map<string, Setting>() };

  private constructor(db: Database, now: () => number, announce: (change: Change) => void) {
    this.#db = db;
    this.#now = now;
    this.#announce = announce;
  }

  /** Loads what the database holds. `announce` is told of every change made here, for other tabs to follow. */
  static async load(
    db: Database,
    now: () => number,
    announce: (change: Change) => void,
  ): Promise<LocalStore> {
    const store = new LocalStore(db, now, announce);
    await store.reload("everything");
    return store;
  }

  /** All records, hidden ones included, as of `version`. */
  get records(): ReadonlyMap<string, TimeRecord> {
    return this.#copies.records;
  }

  /** All settings, as of `version`. */
  get settings(): ReadonlyMap<string, Setting> {
    return this.#copies.settings;
  }

  /**
   * Applies edits to what the database holds and puts the results into the outbox, all in one transaction. Resolves,
   * with what was written, when that is durable and on the screen.
   */
  async change<K extends Kind>(kind: K, edits: readonly Edit<ItemOf[K]>[]): Promise<readonly ItemOf[K][]> {
    const tx = this.#db.transaction([kind, "outbox"], "readwrite", { durability: "strict" });
    const done = tx.done;
    const written: ItemOf[K][] = [];
    for (const { key, change } of edits) {
      // The database, not the copy, says what is current: a pull or another tab may have written a moment ago.
      const current = (await tx.objectStore(kind).get(key)) as ItemOf[K] | undefined;
      const changed = change(current);
      if (changed !== undefined) written.push({ ...changed, key, mt: nextMt(current, this.#now()), st: 0 });
    }
    // Nothing is written before every edit is known, so that one that throws leaves nothing behind.
    for (const item of written) {
      void tx.objectStore(kind).put(item as never);
      void tx.objectStore("outbox").put(entryOf(kind, item));
    }
    await done;
    // What was left as it is may be so because the copy was out of date: it follows as well.
    const looked = { records: [], settings: [], [kind]: edits.map(({ key }) => key) };
    await (written.length > 0 ? this.#publish(looked) : this.reload(looked));
    return written;
  }

  /** The edits of one kind that are to be pushed: all but the refused ones. */
  async outgoing<K extends Kind>(kind: K): Promise<readonly ItemOf[K][]> {
    const range = IDBKeyRange.bound([kind], [kind, []]);
    const entries = await this.#db.getAll("outbox", range);
    return entries
      .filter((entry) => isOf(kind, entry) && entry.refused === null)
      .map((entry) => entry.item as ItemOf[K]);
  }

  /** Takes the server's word on pushed items. An edit made during the push is another version and stays queued. */
  async settle<K extends Kind>(kind: K, pushed: readonly ItemOf[K][], answer: PushAnswer): Promise<void> {
    const tx = this.#db.transaction("outbox", "readwrite", { durability: "strict" });
    const done = tx.done;
    for (const { key, mt } of pushed) {
      const entry = await tx.store.get([kind, key]);
      if (entry === undefined || entry.item.mt !== mt) continue;
      const reason = answer.failed.get(key);
      if (reason !== undefined) void tx.store.put({ ...entry, refused: reason });
      else if (answer.accepted.has(key)) void tx.store.delete([kind, key]);
    }
    await done;
    await this.#publish({ records: [], settings: [], [kind]: pushed.map((item) => item.key) });
  }

  /** The `since` of the next pull; 0 before the first. */
  async serverTime(): Promise<number> {
    return (await this.#db.get("meta", "server_time")) ?? 0;
  }

  /**
   * Merges what a pull brought, items and time in one transaction, so that a kill in between repeats the pull. Returns
   * whether edits that wait were made anew, to be pushed again.
   */
  async receive(updates: Updates): Promise<boolean> {
    const quiet = !updates.reset && updates.records.length === 0 && updates.settings.length === 0;
    if (quiet && (await this.serverTime()) === updates.serverTime) return false;
    const tx = this.#db.transaction(ALL_STORES, "readwrite");
    const done = tx.done;
    const waiting = new Map((await tx.objectStore("outbox").getAll()).map((entry) => [idOf(entry), entry]));
    let madeAnew = false;
    const changed = { records: [] as string[], settings: [] as string[] };
    for (const kind of KINDS) {
      const items = tx.objectStore(kind);
      if (updates.reset) void items.clear();
      const received = new Map<string, TimeRecord | Setting>();
      for (const item of updates[kind]) {
        const current = updates.reset ? undefined : await items.get(item.key);
        const edit = waiting.get(idOf({ kind, key: item.key }));
        received.set(item.key, item);
        if (!updates.reset && (!supersedes(item, current) || (edit !== undefined && isTie(edit.item, item))))
          continue;
        void items.put(item as never);
        changed[kind].push(item.key);
        // Our edit, confirmed. One that lost against a later one is still pushed: the server's history keeps it.
        if (edit?.item.mt === item.mt && !updates.reset)
          void tx.objectStore("outbox").delete([kind, item.key]);
      }
      if (!updates.reset) continue;
      for (const entry of waiting.values()) {
        if (!isOf(kind, entry)) continue;
        const theirs = received.get(entry.key);
        if (theirs !== undefined && theirs.mt > entry.item.mt) {
          void tx.objectStore("outbox").delete([kind, entry.key]);
          continue;
        }
        // The server refuses what was changed before the reset: the edit counts as made now, after it.
        const mt = Math.max(entry.item.mt, Math.floor(this.#now()), Math.ceil(updates.serverTime));
        const edit = { ...entry.item, mt, st: 0 };
        void items.put(edit as never);
        void tx.objectStore("outbox").put(entryOf(kind, edit as ItemOf[typeof kind]));
        madeAnew = true;
      }
    }
    void tx.objectStore("meta").put(updates.serverTime, "server_time");
    await done;
    await this.#publish(updates.reset ? "everything" : changed);
    return madeAnew;
  }

  /** Reads what this or another tab changed from the database into the copy in memory. */
  async reload(change: Change): Promise<void> {
    const tx = this.#db.transaction(["records", "settings", "outbox"], "readonly");
    const done = tx.done;
    const [records, settings, outbox] = await Promise.all([
      read(change === "everything" ? null : change.records, tx.objectStore("records")),
      read(change === "everything" ? null : change.settings, tx.objectStore("settings")),
      tx.objectStore("outbox").getAll(),
    ]);
    await done;
    if (change === "everything") {
      this.#copies.records.clear();
      this.#copies.settings.clear();
    }
    for (const record of records) this.#copies.records.set(record.key, record);
    for (const setting of settings) this.#copies.settings.set(setting.key, setting);
    this.outbox.value = new Map(outbox.map((entry) => [idOf(entry), entry]));
    this.version.value += 1;
  }

  async #publish(change: Change): Promise<void> {
    await this.reload(change);
    this.#announce(change);
  }
}

/** The name of an entry in `outbox`. */
export const idOf = (entry: { readonly kind: Kind; readonly key: string }): string =>
  `${entry.kind}/${entry.key}`;

function entryOf<K extends Kind>(kind: K, item: ItemOf[K]): OutboxEntry {
  const entry: OutboxEntryOf<K> = { kind, key: item.key, item, refused: null };
  return entry as unknown as OutboxEntry;
}

const isOf = (kind: Kind, entry: OutboxEntry): boolean => entry.kind === kind;

/** Whether another device wrote something else in the same second: ours, which is still to be pushed, will win there. */
function isTie(ours: TimeRecord | Setting, theirs: TimeRecord | Setting): boolean {
  return ours.mt === theirs.mt && JSON.stringify(content(ours)) !== JSON.stringify(content(theirs));
}

const content = (item: TimeRecord | Setting): unknown =>
  "t1" in item ? [item.t1, item.t2, item.ds] : item.value;

async function read<T>(
  keys: readonly string[] | null,
  store: { getAll(): Promise<T[]>; get(key: string): Promise<T | undefined> },
): Promise<readonly T[]> {
  if (keys === null) return store.getAll();
  const found = await Promise.all(keys.map((key) => store.get(key)));
  return found.filter((item) => item !== undefined);
}
