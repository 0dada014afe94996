import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Setting, TimeRecord } from "../domain/record.ts";

/** The two kinds of items the server keeps. */
export type Kind = "records" | "settings";

/** The item type of each kind. */
export interface ItemOf {
  readonly records: TimeRecord;
  readonly settings: Setting;
}

/** An edit that the server has not accepted yet. */
export type OutboxEntry = { readonly [K in Kind]: OutboxEntryOf<K> }[Kind];

/** An edit of one kind that the server has not accepted yet. */
export interface OutboxEntryOf<K extends Kind> {
  readonly kind: K;
  readonly key: string;
  readonly item: ItemOf[K];
  /** The server's reason for refusing this very version, or null while it has not. */
  readonly refused: string | null;
}

interface Schema extends DBSchema {
  readonly records: { readonly key: string; readonly value: TimeRecord };
  readonly settings: { readonly key: string; readonly value: Setting };
  readonly outbox: { readonly key: [Kind, string]; readonly value: OutboxEntry };
  /** `server_time`: the `since` of the next pull. */
  readonly meta: { readonly key: "server_time"; readonly value: number };
}

/** A person's database in this browser. */
export type Database = IDBPDatabase<Schema>;

const nameOf = (username: string): string => `timetagger:${username}`;

/** Opens the person's database. Another page that wants to delete it may: the connection then closes. */
export async function openDatabase(username: string): Promise<Database> {
  return openDB<Schema>(nameOf(username), 1, {
    upgrade(db) {
      db.createObjectStore("records", { keyPath: "key" });
      db.createObjectStore("settings", { keyPath: "key" });
      db.createObjectStore("outbox", { keyPath: ["kind", "key"] });
      db.createObjectStore("meta");
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase | null)?.close();
    },
  });
}

/** Deletes everything this browser keeps of the person. */
export async function deleteDatabase(username: string): Promise<void> {
  await deleteDB(nameOf(username));
}
