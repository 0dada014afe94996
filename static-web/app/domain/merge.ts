import type { Item } from "./record.ts";

type Version = Pick<Item, "mt" | "st">;

/**
 * Whether an incoming version replaces the current one. Two versions the server confirmed are ordered by the server's
 * clock; as soon as one of them is an edit that still waits, the person's clock (`mt`) decides.
 */
export function supersedes(incoming: Version, current: Version | undefined): boolean {
  if (current === undefined) return true;
  if (incoming.st > 0 && current.st > 0) return incoming.st > current.st;
  return incoming.mt >= current.mt;
}
