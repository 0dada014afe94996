import { signal } from "@preact/signals";
import { nextMt, type Setting, type TimeRecord } from "../domain/record.ts";
import { Changes } from "./changes.ts";
import { type AppSync, NOTHING_YET, type SyncReport } from "./status.ts";
import {
  type AnyItem,
  type AppStore,
  type BatchSource,
  type BatchWritten,
  batchFrom,
  type Edit,
  type ItemOf,
  type Kind,
  type OutboxEntry,
  type Written,
} from "./store.ts";

/** Records that live as long as the page: nothing is kept, and nothing is sent. */
export class MemoryStore implements AppStore {
  readonly version = signal(0);
  readonly outbox = signal<ReadonlyMap<string, OutboxEntry>>(new Map());
  readonly records = new Map<string, TimeRecord>();
  readonly settings = new Map<string, Setting>();
  readonly changes = new Changes();
  readonly isComplete = signal(true);
  readonly #now: () => number;

  /** `now` is the current time in whole unix seconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Puts items in place as they are. */
  add(records: readonly TimeRecord[], settings: readonly Setting[] = []): void {
    for (const record of records) this.records.set(record.key, record);
    for (const setting of settings) this.settings.set(setting.key, setting);
    this.changes.note(records.map(({ key }) => key));
    this.version.value += 1;
  }

  /** Makes edits; there is no server to wait for, so they count as confirmed. */
  async change(source: BatchSource): Promise<BatchWritten> {
    const batch = batchFrom(source);
    const written = {
      records: this.#edit("records", batch.records ?? []),
      settings: this.#edit("settings", batch.settings ?? []),
    };
    // Nothing is put in place before every edit is known, so that one that throws leaves nothing behind.
    for (const { after } of written.records) this.records.set(after.key, after);
    for (const { after } of written.settings) this.settings.set(after.key, after);
    this.changes.note(written.records.map(({ after }) => after.key));
    this.version.value += 1;
    return written;
  }

  /** Nothing is ever refused here. */
  async resend(): Promise<void> {}

  /** Nothing is ever refused here. */
  async discard(): Promise<void> {}

  #edit<K extends Kind>(kind: K, edits: readonly Edit<ItemOf[K]>[]): readonly Written<ItemOf[K]>[] {
    const written = new Map<string, Written<ItemOf[K]>>();
    const now = this.#now();
    for (const { key, change } of edits) {
      const earlier = written.get(key);
      const current =
        earlier?.after ??
        (this[kind] as ReadonlyMap<string, AnyItem> as ReadonlyMap<string, ItemOf[K]>).get(key);
      const changed = change(current);
      if (changed === undefined) continue;
      const after = { ...changed, key, mt: nextMt(current, now), st: now };
      written.set(key, { before: earlier === undefined ? current : earlier.before, after });
    }
    return [...written.values()];
  }
}

/** The sync of a store that has no server: all is well, always. */
export function stillSync(): AppSync {
  const report: SyncReport = { ...NOTHING_YET, status: { phase: "done" } };
  return {
    report: signal(report),
    status: signal(report.status),
    message: signal(null),
    syncNow: () => undefined,
    dismiss: () => undefined,
  };
}
