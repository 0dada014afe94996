import type { ReadonlySignal } from "@preact/signals";
import type { Setting, TimeRecord } from "../domain/record.ts";
import type { Changes } from "./changes.ts";

/** The two kinds of items the server keeps. */
export type Kind = "records" | "settings";

/** Both kinds, in the order in which they are sent. */
export const KINDS = ["settings", "records"] as const;

/** The item type of each kind. */
export interface ItemOf {
  readonly records: TimeRecord;
  readonly settings: Setting;
}

/** An item of either kind. */
export type AnyItem = ItemOf[Kind];

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

/** What names an item among both kinds. */
export interface ItemName {
  readonly kind: Kind;
  readonly key: string;
}

/** The name of an entry in `outbox`. */
export const idOf = ({ kind, key }: ItemName): string => `${kind}/${key}`;

/** An edit of the item with this key. */
export interface Edit<Item> {
  readonly key: string;
  /** The item as it shall be, given what is stored now; undefined leaves it as it is. Must not wait. */
  change(current: Item | undefined): Item | undefined;
}

/** Edits that are made together or not at all. */
export interface Batch {
  readonly records?: readonly Edit<TimeRecord>[];
  readonly settings?: readonly Edit<Setting>[];
}

/** A batch, or what gives one from what the store holds at the moment of the edit. Must not wait. */
export type BatchSource = Batch | (() => Batch);

/** The batch of a source, now. */
export const batchFrom = (source: BatchSource): Batch => (typeof source === "function" ? source() : source);

/** One item before and after an edit. */
export interface Written<Item> {
  readonly before: Item | undefined;
  readonly after: Item;
}

/** What a batch has written; an edit that left its item as it was is not among it. */
export type BatchWritten = { readonly [K in Kind]: readonly Written<ItemOf[K]>[] };

/** What the screen reads and changes: the person's data, wherever it is kept. */
export interface AppStore {
  /** Grows with every change of `records`, `settings` or `outbox`. */
  readonly version: ReadonlySignal<number>;
  /** All records, hidden ones included, as of `version`. */
  readonly records: ReadonlyMap<string, TimeRecord>;
  /** Which records each change of `version` was about. */
  readonly changes: Changes;
  /** All settings, as of `version`. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** The edits that the server has not accepted, refused ones included, by `idOf`. */
  readonly outbox: ReadonlySignal<ReadonlyMap<string, OutboxEntry>>;
  /**
   * Whether `records` are all there are. Before that they are those that run, that wait, and that ended lately; the rest
   * follows while the page is used.
   */
  readonly isComplete: ReadonlySignal<boolean>;

  /**
   * Makes edits, all or none. Resolves when they are as durable as the store can make them, and on the screen. Where which
   * items are edited depends on others, the batch is a function: it reads the store when nothing can come in between.
   */
  change(batch: BatchSource): Promise<BatchWritten>;
  /** Sends refused edits again, as made now. */
  resend(names: readonly ItemName[]): Promise<void>;
  /** Throws refused edits away, in these versions; what the server has of the items comes back. */
  discard(entries: readonly OutboxEntry[]): Promise<void>;
}

/** What a person wrote into an item, without its versions, as text that can be compared. */
export const contentOf = (item: AnyItem): string =>
  JSON.stringify("t1" in item ? [item.t1, item.t2, item.ds] : sorted(item.value));

/** The value with the names of its objects in order: the server may give them back in another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const names = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(names.map(([name, inner]) => [name, sorted(inner)]));
}
