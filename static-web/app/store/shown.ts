import { supersedes } from "../domain/merge.ts";
import type { AnyItem, OutboxEntry } from "./store.ts";

/** What is kept of one item: what the server has, and the edit that waits. */
export interface Kept {
  readonly base: AnyItem | undefined;
  readonly entry: OutboxEntry | undefined;
}

/**
 * The version to show. The edit that waits, unless the server has a later one by the person's clocks; in the same
 * second ours wins, as it will at the server once it arrives there.
 */
export function shown({ base, entry }: Kept): AnyItem | undefined {
  if (entry === undefined) return base;
  return supersedes(entry.item, base) ? entry.item : base;
}
