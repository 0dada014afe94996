import type { IDBPTransaction } from "idb";
import type { TimeRecord } from "../domain/record.ts";
import type { Everything, KeptItem } from "./copy.ts";
import { AT_ONCE, type Database, type Meta, type Schema, STORES } from "./database.ts";
import { type AnyItem, type ItemName, type ItemOf, idOf, type Kind, type OutboxEntry } from "./store.ts";

/** A transaction over all stores. */
export type Tx<Mode extends "readonly" | "readwrite" = "readonly" | "readwrite"> = IDBPTransaction<
  Schema,
  typeof STORES,
  Mode
>;

/** Reads the named items. */
export async function readKept(tx: Tx, names: readonly ItemName[]): Promise<readonly KeptItem[]> {
  const found: KeptItem[] = [];
  for (let i = 0; i < names.length; i += AT_ONCE) {
    const slice = names.slice(i, i + AT_ONCE).map(async ({ kind, key }): Promise<KeptItem> => {
      const [base, entry] = await Promise.all([
        tx.objectStore(kind).get(key) as Promise<AnyItem | undefined>,
        tx.objectStore("outbox").get([kind, key]),
      ]);
      return { kind, key, base, entry };
    });
    found.push(...(await Promise.all(slice)));
  }
  return found;
}

/** Reads what the database knows about itself. */
export async function readMeta<Name extends keyof Meta>(tx: Tx, name: Name): Promise<Meta[Name] | undefined> {
  return (await tx.objectStore("meta").get(name)) as Meta[Name] | undefined;
}

/** Reads the whole outbox. */
export const readOutbox = (tx: Tx): Promise<readonly OutboxEntry[]> =>
  readAll(
    (range, count) => tx.objectStore("outbox").getAll(range, count),
    ({ kind, key }) => [kind, key],
  );

const readItems = async <K extends Kind>(tx: Tx, kind: K): Promise<Map<string, ItemOf[K]>> => {
  const items = await readAll(
    (range, count) => tx.objectStore(kind).getAll(range, count) as Promise<ItemOf[K][]>,
    ({ key }) => key,
  );
  return new Map(items.map((item) => [item.key, item]));
};

/** Reads all of one store, piece by piece. */
async function readAll<T>(
  getAll: (range: IDBKeyRange | null, count: number) => Promise<T[]>,
  keyOf: (item: T) => IDBValidKey,
): Promise<readonly T[]> {
  const all: T[] = [];
  let range: IDBKeyRange | null = null;
  for (;;) {
    const piece: T[] = await getAll(range, AT_ONCE);
    for (const item of piece) all.push(item);
    const last = piece.at(-1);
    if (last === undefined || piece.length < AT_ONCE) return all;
    range = IDBKeyRange.lowerBound(keyOf(last), true);
  }
}

/** A look at the database. */
export interface Look<T> {
  readonly revision: number;
  readonly found: T;
}

/** Reads some items as they are now. */
export async function lookAt(db: Database, names: readonly ItemName[]): Promise<Look<readonly KeptItem[]>> {
  const tx = db.transaction(STORES, "readonly");
  const revision = (await readMeta(tx, "revision")) ?? 0;
  const found = await readKept(tx, names);
  await tx.done;
  return { revision, found };
}

/** Reads everything. */
export const readEverything = async (tx: Tx): Promise<Everything> => ({
  records: await readItems(tx, "records"),
  settings: await readItems(tx, "settings"),
  outbox: new Map((await readOutbox(tx)).map((entry) => [idOf(entry), entry])),
});

/** Reads everything as it is now. */
export async function lookAtAll(db: Database): Promise<Look<Everything>> {
  const tx = db.transaction(STORES, "readonly");
  const revision = (await readMeta(tx, "revision")) ?? 0;
  const found = await readEverything(tx);
  await tx.done;
  return { revision, found };
}

/** More than this by name, or of lately, and reading everything is quicker. */
const MOST_SEEN = 1000;

/**
 * Reads what is seen first: settings, edits that wait, what runs, and what ended at `since` or later. Null where that is
 * so much that reading everything is quicker.
 */
export async function lookAtSeen(db: Database, since: number): Promise<Look<Everything> | null> {
  const tx = db.transaction(STORES, "readonly");
  const [revision = 0, settings, outbox, running = [], late] = await Promise.all([
    readMeta(tx, "revision"),
    readItems(tx, "settings"),
    readOutbox(tx),
    readMeta(tx, "running"),
    tx.objectStore("records").index("ended").getAll(IDBKeyRange.lowerBound(since), MOST_SEEN),
  ]);
  const waiting = outbox.filter(({ kind }) => kind === "records").map(({ key }) => key);
  const named = [...new Set([...running, ...waiting])];
  if (late.length === MOST_SEEN || named.length > MOST_SEEN) return null;
  const found = await Promise.all(named.map((key) => tx.objectStore("records").get(key)));
  await tx.done;
  const records = new Map<string, TimeRecord>();
  for (const record of [...late, ...found]) if (record !== undefined) records.set(record.key, record);
  return { revision, found: { records, settings, outbox: new Map(outbox.map((one) => [idOf(one), one])) } };
}

/** So few records at once that the page can answer in between: read and taken in within some milliseconds. */
const PIECE = 500;

/** Reads the records whose keys follow, as many as make a piece; fewer are the last. */
export async function readPiece(
  db: Database,
  after: string | null,
): Promise<{ readonly records: readonly TimeRecord[]; readonly isLast: boolean }> {
  const range = after === null ? null : IDBKeyRange.lowerBound(after, true);
  const records = await db.getAll("records", range, PIECE);
  return { records, isLast: records.length < PIECE };
}
