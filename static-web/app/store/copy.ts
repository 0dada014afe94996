import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Setting, TimeRecord } from "../domain/record.ts";
import { Changes } from "./changes.ts";
import { type Kept, shown } from "./shown.ts";
import { type AnyItem, type ItemName, idOf, type Kind, type OutboxEntry } from "./store.ts";

/** What is kept of a named item. */
export type KeptItem = ItemName & Kept;

/** All that is kept, or all but records that are not seen at first. */
export interface Everything {
  readonly records: ReadonlyMap<string, TimeRecord>;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly outbox: ReadonlyMap<string, OutboxEntry>;
}

/** The copy of the database in memory, as the screen reads it, and how far it has followed the database. */
export class Copy {
  readonly version = signal(0);
  readonly outbox = signal<ReadonlyMap<string, OutboxEntry>>(new Map());
  readonly changes = new Changes();
  readonly #isComplete = signal(false);
  #items: Record<Kind, Map<string, AnyItem>> = { records: new Map(), settings: new Map() };

  /** Every change up to this revision is here. */
  #reached = 0;
  /** Later ones that are here as well. */
  readonly #ahead = new Set<number>();

  get records(): ReadonlyMap<string, TimeRecord> {
    return this.#items.records as Map<string, TimeRecord>;
  }

  get settings(): ReadonlyMap<string, Setting> {
    return this.#items.settings as Map<string, Setting>;
  }

  /** Whether every record is here. */
  get isComplete(): ReadonlySignal<boolean> {
    return this.#isComplete;
  }

  /** Whether it is known here what is shown of the item, be it nothing. */
  knows({ kind, key }: ItemName): boolean {
    return kind === "settings" || this.#isComplete.peek() || this.#items.records.has(key);
  }

  /** Whether nothing is missing here, beside records that have not been read yet, of the database as of that revision. */
  isAt(revision: number): boolean {
    return revision === this.#reached;
  }

  /** Whether something later than that revision is here already. */
  isBeyond(revision: number): boolean {
    return Math.max(this.#reached, ...this.#ahead) > revision;
  }

  /** The version that is shown. */
  get({ kind, key }: ItemName): AnyItem | undefined {
    return this.#items[kind].get(key);
  }

  /** Takes over some items as they were after the revision. */
  take(items: Iterable<KeptItem>, revision: number): void {
    const outbox = new Map(this.outbox.value);
    let isOutboxChanged = false;
    const records: string[] = [];
    for (const item of items) {
      const { kind, key, entry } = item;
      const visible = shown(item);
      if (visible === undefined) this.#items[kind].delete(key);
      else this.#items[kind].set(key, visible);
      if (kind === "records") records.push(key);
      const id = idOf(item);
      if (outbox.get(id) === entry) continue;
      isOutboxChanged = true;
      if (entry === undefined) outbox.delete(id);
      else outbox.set(id, entry);
    }
    this.#note(revision);
    this.changes.note(records);
    batch(() => {
      if (isOutboxChanged) this.outbox.value = outbox;
      this.version.value += 1;
    });
  }

  /** Takes in records as they were when they were read. What is here already is the same or newer. */
  add(records: Iterable<TimeRecord>, isLast: boolean): void {
    const keys: string[] = [];
    for (const record of records) {
      if (this.#items.records.has(record.key)) continue;
      this.#items.records.set(record.key, record);
      keys.push(record.key);
    }
    this.changes.note(keys);
    batch(() => {
      this.#isComplete.value = isLast;
      this.version.value += 1;
    });
  }

  /** Takes over the database as it was after the revision: the whole, unless `isComplete` says otherwise. */
  replace(all: Everything, revision: number, isComplete = true): void {
    const items = {
      records: new Map<string, AnyItem>(all.records),
      settings: new Map<string, AnyItem>(all.settings),
    };
    for (const entry of all.outbox.values()) {
      const visible = shown({ base: items[entry.kind].get(entry.key), entry });
      if (visible !== undefined) items[entry.kind].set(entry.key, visible);
    }
    this.#items = items;
    this.#reached = revision;
    this.#ahead.clear();
    this.changes.noteEverything();
    batch(() => {
      this.outbox.value = all.outbox;
      this.#isComplete.value = isComplete;
      this.version.value += 1;
    });
  }

  /** Another database is followed from now on: its revisions begin anew. */
  startAgain(): void {
    this.#reached = 0;
    this.#ahead.clear();
  }

  #note(revision: number): void {
    if (revision > this.#reached) this.#ahead.add(revision);
    while (this.#ahead.delete(this.#reached + 1)) this.#reached += 1;
  }
}
