import { isDeepStrictEqual } from "node:util";
import type { AnyItem, AppStore, Kind, OutboxEntry } from "../app/store/store.ts";

/** What a database holds, read without any code of the product. */
export interface Look {
  readonly base: Readonly<Record<Kind, ReadonlyMap<string, AnyItem>>>;
  readonly outbox: ReadonlyMap<string, OutboxEntry>;
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Looks into a database, which has to exist. */
export async function lookInto(name: string): Promise<Look> {
  const db = await answered(indexedDB.open(name));
  try {
    const tx = db.transaction(["records", "settings", "outbox"], "readonly");
    const all = <T>(store: string): Promise<readonly T[]> => answered(tx.objectStore(store).getAll());
    const [records, settings, outbox] = await Promise.all([
      all<AnyItem>("records"),
      all<AnyItem>("settings"),
      all<OutboxEntry>("outbox"),
    ]);
    return {
      base: { records: byKey(records), settings: byKey(settings) },
      outbox: new Map(outbox.map((entry) => [`${entry.kind}/${entry.key}`, entry])),
    };
  } finally {
    db.close();
  }
}

const byKey = (items: readonly AnyItem[]): ReadonlyMap<string, AnyItem> =>
  new Map(items.map((item) => [item.key, item]));

/** What the screen has to show of a database: the edit that waits, unless the server has a later version. */
function shownOf({ base, outbox }: Look, kind: Kind): ReadonlyMap<string, AnyItem> {
  const shown = new Map(base[kind]);
  for (const entry of outbox.values())
    if (entry.kind === kind && entry.item.mt >= (shown.get(entry.key)?.mt ?? 0))
      shown.set(entry.key, entry.item);
  return shown;
}

/** Fails unless a tab shows what the database holds. */
export function holdShown(store: AppStore, look: Look, who: string): void {
  holdEqual(store.records, shownOf(look, "records"), `${who}: the records in memory`);
  holdEqual(store.settings, shownOf(look, "settings"), `${who}: the settings in memory`);
  holdEqual(store.outbox.value, look.outbox, `${who}: the outbox in memory`);
}

/** Fails unless two maps hold the same. */
export function holdEqual<T>(
  found: ReadonlyMap<string, T>,
  wanted: ReadonlyMap<string, T>,
  what: string,
): void {
  for (const key of new Set([...found.keys(), ...wanted.keys()])) {
    const [is, shall] = [found.get(key), wanted.get(key)];
    if (isDeepStrictEqual(is, shall)) continue;
    throw new Error(`${what}, ${key}: is ${JSON.stringify(is)}, should be ${JSON.stringify(shall)}`);
  }
}
