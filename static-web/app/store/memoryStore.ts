import { signal } from "@preact/signals";
import { nextMt, type Setting, type TimeRecord } from "../domain/record.ts";
import type { ItemOf, Kind, OutboxEntry } from "./database.ts";
import type { Edit, LocalStore } from "./localStore.ts";

/** What the screen reads and changes. */
export type AppStore = Pick<LocalStore, "change" | "outbox" | "records" | "settings" | "version">;

/** Records that live as long as the page: nothing is kept, and nothing is sent. */
export class MemoryStore implements AppStore {
  readonly version = signal(0);
  readonly outbox = signal<ReadonlyMap<string, OutboxEntry>>(new Map());
  readonly records = new Map<string, TimeRecord>();
  readonly settings = new Map<string, Setting>();
  readonly #now: () => number;

  /** `now` is the current time in whole unix seconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Puts items in place as they are. */
  add(records: readonly TimeRecord[], settings: readonly Setting[] = []): void {
    for (const record of records) this.records.set(record.key, record);
    for (const setting of settings) this.settings.set(setting.key, setting);
    this.version.value += 1;
  }

  /** Applies edits; there is no server to wait for, so they count as confirmed. */
  async change<K extends Kind>(kind: K, edits: readonly Edit<ItemOf[K]>[]): Promise<readonly ItemOf[K][]> {
    const items = this[kind] as unknown as Map<string, ItemOf[K]>;
    const written: ItemOf[K][] = [];
    for (const { key, change } of edits) {
      const current = items.get(key);
      const changed = change(current);
      const now = this.#now();
      if (changed !== undefined) written.push({ ...changed, key, mt: nextMt(current, now), st: now });
    }
    for (const item of written) items.set(item.key, item);
    this.version.value += 1;
    return written;
  }
}
