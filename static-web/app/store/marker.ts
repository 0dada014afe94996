import { computed, effect, untracked } from "@preact/signals";
import { databaseOf } from "./database.ts";
import type { LocalStore } from "./localStore.ts";
import { KINDS, type OutboxEntry } from "./store.ts";

/** What the marker remembers: enough to notice that the database was emptied, and to put back what waited. */
export interface Mark {
  /** Of which database it speaks. */
  readonly id: string;
  /** When the browser was last in step with the server, in unix seconds; null before the first time. */
  readonly lastSync: number | null;
  /** How many edits waited. */
  readonly count: number;
  /** Those of them that found room here. */
  readonly waiting: readonly OutboxEntry[];
}

/** Where the marker lies: beside the database, not in it. */
export type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const MOST_ENTRIES = 100;
/** Of the five million or so that browsers keep for a site. */
const MOST_CHARACTERS = 1_000_000;
const nameOf = (username: string): string => `${databaseOf(username)}:mark`;

/** Remembers what the database holds. What finds no room is left out, and counted: the database has it. */
export function writeMark(
  keeper: Keeper,
  username: string,
  mark: Omit<Mark, "count" | "waiting">,
  outbox: ReadonlyMap<string, OutboxEntry>,
): void {
  const waiting: OutboxEntry[] = [];
  let room = MOST_CHARACTERS;
  for (const entry of outbox.values()) {
    if (waiting.length === MOST_ENTRIES) break;
    const size = JSON.stringify(entry).length;
    if (size > room) continue;
    room -= size;
    waiting.push(entry);
  }
  const full: Mark = { ...mark, count: outbox.size, waiting };
  // Where there is no room for them, that they waited is still worth knowing: an old mark would tell of others.
  for (const one of [full, { ...full, waiting: [] }]) {
    try {
      keeper.setItem(nameOf(username), JSON.stringify(one));
      return;
    } catch {
      // The browser keeps nothing more here.
    }
  }
}

/**
 * Keeps the marker in step with a store until the function that is returned is called. What happens to a database that
 * was taken away, deleted or changed by a newer page is not this page's to remember.
 */
export function keepMark(
  keeper: Keeper,
  username: string,
  store: LocalStore,
  lastSync: () => number | null,
): () => void {
  let isOver = false;
  const keep = (): void => {
    if (isOver || store.health.peek() !== "open") return;
    writeMark(keeper, username, { id: store.id, lastSync: untracked(lastSync) }, store.outbox.peek());
  };
  const time = computed(lastSync);
  const ends = [
    effect(() => {
      store.outbox.value;
      store.health.value;
      keep();
    }),
    effect(() => {
      time.value;
      // This tab may not know of edits in others yet, and the mark must not forget them.
      store.catchUp().then(keep, () => undefined);
    }),
  ];
  return () => {
    isOver = true;
    for (const end of ends) end();
  };
}

/** Whether this is an entry of an outbox, as far as it matters here. */
function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== "object" || value === null) return false;
  const { kind, key, item } = value as Partial<OutboxEntry>;
  return (
    KINDS.some((one) => one === kind) &&
    typeof key === "string" &&
    item?.key === key &&
    typeof item.mt === "number"
  );
}

/** What was remembered, or null. */
export function readMark(keeper: Keeper, username: string): Mark | null {
  try {
    const value: unknown = JSON.parse(keeper.getItem(nameOf(username)) ?? "null");
    if (typeof value !== "object" || value === null) return null;
    const { id, lastSync, count, waiting } = value as Partial<Mark>;
    if (typeof id !== "string" || typeof count !== "number" || !Array.isArray(waiting)) return null;
    return {
      id,
      lastSync: typeof lastSync === "number" ? lastSync : null,
      count,
      waiting: waiting.filter(isEntry),
    };
  } catch {
    return null;
  }
}

/** Forgets it: the person signs out. */
export function forgetMark(keeper: Keeper, username: string): void {
  try {
    keeper.removeItem(nameOf(username));
  } catch {
    // Where nothing can be removed nothing was kept.
  }
}
