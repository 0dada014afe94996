import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { newKey } from "../domain/key.ts";
import { isVisiblyRunning, type Setting, type TimeRecord } from "../domain/record.ts";
import type { Kind, OutboxEntry } from "./store.ts";

/** What the database knows about itself. */
export interface Meta {
  /** The `since` of the next pull. */
  readonly server_time: number;
  /** Counts the transactions that changed an item or the outbox: a copy in memory can tell whether it missed one. */
  readonly revision: number;
  /** Drawn when the database was made, so that one which was made anew is known. */
  readonly id: string;
  /** The `revision` that last changed what the server is known to have. */
  readonly confirmed: number;
  /** The server refuses what was changed before its last reset: no edit is made earlier than this. Unix seconds. */
  readonly floor: number;
  /** The keys of the records that run by what the server has: their end does not say so, and they are seen first. */
  readonly running: readonly string[];
}

/** The stores and what is in them. */
export interface Schema extends DBSchema {
  /** What the server has, or has accepted; never an edit that waits. */
  readonly records: {
    readonly key: string;
    readonly value: TimeRecord;
    readonly indexes: { readonly ended: number };
  };
  readonly settings: { readonly key: string; readonly value: Setting };
  readonly outbox: { readonly key: [Kind, string]; readonly value: OutboxEntry };
  readonly meta: { readonly key: keyof Meta; readonly value: Meta[keyof Meta] };
}

/** A person's database in this browser. */
export type Database = IDBPDatabase<Schema>;

/** All stores: every transaction is over all of them, so that they happen one after the other. */
export const STORES = ["records", "settings", "outbox", "meta"] as const;

/**
 * Why a database cannot be used any more: a newer page changes it, somebody deletes it, the browser took it away; or this
 * page let go of it, as long as the browser stops the page.
 */
export type Closed = "newer" | "deleted" | "lost" | "asleep";

/** What happens to an open database from outside. */
export interface DatabaseEvents {
  /** Another tab with an older version of the page keeps it from being opened. */
  onBlocked?(): void;
  onClosed?(why: Closed): void;
}

const VERSION = 3;

/** How many items are under way at once: enough to be fast, few enough for the page to breathe in between. */
export const AT_ONCE = 2000;

/** The name of a person's database. */
export const databaseOf = (username: string): string => `timetagger:${username}`;

/** Opens a database, makes it where there is none, and closes it where another page wants to change or delete it. */
export async function openDatabase(name: string, events: DatabaseEvents = {}): Promise<Database> {
  return openDB<Schema>(name, VERSION, {
    upgrade(db, before, _version, tx) {
      if (before === 0) {
        const records = db.createObjectStore("records", { keyPath: "key" });
        records.createIndex("ended", "t2");
        db.createObjectStore("settings", { keyPath: "key" });
        db.createObjectStore("outbox", { keyPath: ["kind", "key"] });
        db.createObjectStore("meta");
      } else if (before === 1) {
        // The first version kept edits among what the server has. What waits stays; all else is pulled again.
        void tx.objectStore("records").clear();
        void tx.objectStore("settings").clear();
        void tx.objectStore("meta").clear();
      }
      if (before === 1 || before === 2) tx.objectStore("records").createIndex("ended", "t2");
      if (before === 2) findRunning(tx);
      else void tx.objectStore("meta").put(newKey(), "id");
    },
    blocked: () => events.onBlocked?.(),
    blocking(_current, wanted, event) {
      (event.target as IDBDatabase | null)?.close();
      events.onClosed?.(wanted === null ? "deleted" : "newer");
    },
    terminated: () => events.onClosed?.("lost"),
  });
}

/** The second version did not know which records run: they are looked for once, while the database is changed. */
function findRunning(tx: IDBPTransaction<Schema, ArrayLike<(typeof STORES)[number]>, "versionchange">): void {
  const find = async (): Promise<void> => {
    const running: string[] = [];
    let range: IDBKeyRange | null = null;
    for (;;) {
      const piece: TimeRecord[] = await tx.objectStore("records").getAll(range, AT_ONCE);
      for (const record of piece) if (isVisiblyRunning(record)) running.push(record.key);
      const last = piece.at(-1);
      if (last === undefined) break;
      range = IDBKeyRange.lowerBound(last.key, true);
    }
    await tx.objectStore("meta").put(running, "running");
  };
  // What fails here fails the whole change, and who opens the database is told.
  find().catch(() => {
    try {
      tx.abort();
    } catch {
      // It has failed by itself.
    }
  });
}

/** Empties a database, whoever has it open beside this page, and makes it another one. */
export async function emptyDatabase(name: string): Promise<void> {
  const db = await openDatabase(name);
  try {
    const tx = db.transaction(STORES, "readwrite", { durability: "strict" });
    const cleared = STORES.map((store) => tx.objectStore(store).clear());
    await Promise.all([...cleared, tx.objectStore("meta").put(newKey(), "id"), tx.done]);
  } finally {
    db.close();
  }
}

/** Takes all but the edits that wait out of a database, and makes it another one. Returns them. */
export async function keepWaiting(name: string): Promise<readonly OutboxEntry[]> {
  const db = await openDatabase(name);
  try {
    const tx = db.transaction(STORES, "readwrite", { durability: "strict" });
    const cleared = (["records", "settings", "meta"] as const).map((store) => tx.objectStore(store).clear());
    const entries = await tx.objectStore("outbox").getAll();
    await Promise.all([...cleared, tx.objectStore("meta").put(newKey(), "id"), tx.done]);
    return entries;
  } finally {
    db.close();
  }
}

/** Deletes a database. Waits for every page that has it open, and one that does not answer is waited for without end. */
export async function deleteDatabase(name: string): Promise<void> {
  await deleteDB(name);
}
