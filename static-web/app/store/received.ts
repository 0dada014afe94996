import { supersedes } from "../domain/merge.ts";
import type { PushAnswer, Updates } from "./answers.ts";
import { type AnyItem, contentOf, KINDS, type Kind, type OutboxEntry } from "./store.ts";
import type { Writing } from "./writing.ts";

/** Whether the first is this version of the item; an edit that was made since is another. */
const isVersion = (item: AnyItem, version: AnyItem): boolean =>
  item === version || (item.mt === version.mt && contentOf(item) === contentOf(version));

/** Takes the server's word on pushed items. An edit made during the push is another version and stays queued. */
export async function settle(
  tx: Writing,
  kind: Kind,
  pushed: readonly AnyItem[],
  answer: PushAnswer,
): Promise<void> {
  await tx.findShown(
    kind,
    pushed.map(({ key }) => key),
  );
  for (const item of pushed) {
    const { entry, base } = tx.kept({ kind, key: item.key });
    if (entry === undefined || !isVersion(entry.item, item)) continue;
    const reason = answer.failed.get(item.key);
    if (reason !== undefined) tx.setEntry({ ...entry, refused: reason });
    else if (answer.accepted.has(item.key)) {
      tx.removeEntry(entry);
      if (supersedes(item, base)) tx.setBase(kind, item);
    }
  }
}

/** Whether the server has this very edit. */
const isArrived = (entry: OutboxEntry, theirs: AnyItem): boolean => isVersion(entry.item, theirs);

/** Merges what changed at the server. */
export async function merge(tx: Writing, updates: Updates): Promise<void> {
  for (const kind of KINDS) await mergeKind(tx, kind, updates[kind]);
}

async function mergeKind(tx: Writing, kind: Kind, items: readonly AnyItem[]): Promise<void> {
  await tx.find(
    kind,
    items.map(({ key }) => key),
  );
  for (const item of items) {
    const { base, entry } = tx.kept({ kind, key: item.key });
    if (!supersedes(item, base)) continue;
    tx.setBase(kind, item);
    // An edit that lost against a later one still waits: the server's history keeps it.
    if (entry !== undefined && isArrived(entry, item)) tx.removeEntry(entry);
  }
}

/** Takes what the server has for all there is. Returns whether edits that wait were made anew. */
export async function startOver(tx: Writing, updates: Updates, now: number): Promise<boolean> {
  const entries = await tx.findOutbox();
  tx.clearBases();
  for (const kind of KINDS) for (const item of updates[kind]) tx.setBase(kind, item);
  const floor = Math.ceil(updates.serverTime);
  tx.setMeta("floor", floor);
  let isMadeAnew = false;
  for (const entry of entries) {
    const theirs = tx.kept(entry).base;
    if (theirs !== undefined && isArrived(entry, theirs)) {
      tx.removeEntry(entry);
      continue;
    }
    // One that lost against a later edit stays as it is: made anew, it would win.
    if (theirs !== undefined && theirs.mt > entry.item.mt) continue;
    // The server refuses what was changed before the reset: the edit counts as made now, after it.
    const mt = Math.max(entry.item.mt, Math.floor(now), floor);
    tx.setEntry({ ...entry, item: { ...entry.item, mt }, refused: null } as OutboxEntry);
    isMadeAnew = true;
  }
  return isMadeAnew;
}
