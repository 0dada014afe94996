import { nextMt } from "../domain/record.ts";
import { shown } from "./shown.ts";
import {
  type Batch,
  type BatchWritten,
  type Edit,
  type ItemName,
  type ItemOf,
  idOf,
  KINDS,
  type Kind,
  type OutboxEntry,
  type Written,
} from "./store.ts";
import type { Writing } from "./writing.ts";

/** Makes edits at `now`, or none of them if one throws. */
export const editAll = async (tx: Writing, batch: Batch, now: number): Promise<BatchWritten> => ({
  records: await edit(tx, "records", batch.records ?? [], now),
  settings: await edit(tx, "settings", batch.settings ?? [], now),
});

async function edit<K extends Kind>(
  tx: Writing,
  kind: K,
  edits: readonly Edit<ItemOf[K]>[],
  now: number,
): Promise<readonly Written<ItemOf[K]>[]> {
  await tx.findShown(
    kind,
    edits.map(({ key }) => key),
  );
  const written = new Map<string, Written<ItemOf[K]>>();
  for (const { key, change } of edits) {
    // The database, not the copy, says what is current: a pull or another tab may have written a moment ago.
    const before = shown(tx.kept({ kind, key })) as ItemOf[K] | undefined;
    const changed = change(before);
    if (changed === undefined) continue;
    const after = { ...changed, key, mt: nextMt(before, now), st: 0 };
    tx.setEntry({ kind, key, item: after, refused: null } as unknown as OutboxEntry);
    written.set(key, { before: written.has(key) ? written.get(key)?.before : before, after });
  }
  return [...written.values()];
}

/** Those of the named edits that the server has refused. */
async function refusedOf(tx: Writing, names: readonly ItemName[]): Promise<readonly OutboxEntry[]> {
  const refused: OutboxEntry[] = [];
  for (const kind of KINDS) {
    const keys = names.filter((name) => name.kind === kind).map(({ key }) => key);
    await tx.find(kind, keys);
    for (const key of keys) {
      const { entry } = tx.kept({ kind, key });
      if (entry !== undefined && entry.refused !== null) refused.push(entry);
    }
  }
  return refused;
}

/** Lets refused edits wait again, as made at `now`. */
export async function resend(tx: Writing, names: readonly ItemName[], now: number): Promise<void> {
  for (const entry of await refusedOf(tx, names)) {
    const mt = Math.max(nextMt(shown(tx.kept(entry)), now), nextMt(entry.item, now));
    tx.setEntry({ ...entry, item: { ...entry.item, mt }, refused: null } as OutboxEntry);
  }
}

/** Throws refused edits away, in these versions: a later one of another tab was not asked about. */
export async function discard(tx: Writing, entries: readonly OutboxEntry[]): Promise<void> {
  const times = new Map(entries.map((entry) => [idOf(entry), entry.item.mt]));
  for (const entry of await refusedOf(tx, entries))
    if (entry.item.mt === times.get(idOf(entry))) tx.removeEntry(entry);
}

/** Puts edits back as they were made, where nothing later waits. */
export async function restore(tx: Writing, entries: readonly OutboxEntry[]): Promise<void> {
  for (const kind of KINDS) {
    const keys = entries.filter((entry) => entry.kind === kind).map(({ key }) => key);
    await tx.find(kind, keys);
  }
  for (const entry of entries) {
    const { entry: waiting } = tx.kept(entry);
    if (waiting === undefined || waiting.item.mt < entry.item.mt) tx.setEntry(entry);
  }
}
