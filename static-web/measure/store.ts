import type { TimeRecord } from "../app/domain/record.ts";
import { databaseOf, deleteDatabase, openDatabase } from "../app/store/database.ts";
import { Facts } from "../app/store/facts.ts";
import { History } from "../app/store/history.ts";
import { LocalStore } from "../app/store/localStore.ts";
import { remoteOver } from "../app/store/remote.ts";
import { Sync } from "../app/store/sync.ts";
import { quietHost } from "../app/store/testHost.ts";

/** What `tests/Benchmarks -- --browser` measures in a real browser. Times are milliseconds. */

const DATABASE = databaseOf("measured");
const [YEAR, DAY] = [365 * 86_400, 86_400];

const now = (): number => Math.floor(Date.now() / 1000);
let store: LocalStore;
/** Kept, so that what it needs is in the memory that is measured afterwards. */
let facts: Facts;

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const host = { now, announce: () => undefined };

const opened = async (): Promise<LocalStore> => LocalStore.load(await openDatabase(DATABASE), host);

/** An empty database, which then gets all that the server has. */
export async function fullSync(token: string): Promise<number> {
  await deleteDatabase(DATABASE);
  store = await opened();
  const sync = new Sync(
    store,
    remoteOver(() => token),
    quietHost(now),
  );
  sync.lead();
  const time = await timed(() => sync.run());
  if (sync.status.value.phase !== "done") throw new Error(JSON.stringify(sync.status.value));
  return time;
}

/** From a closed database to a store that shows today and can be edited. */
export const open = (): Promise<number> =>
  timed(async () => {
    store = await LocalStore.open(await openDatabase(DATABASE), host);
  });

/** From a closed database to a store that has everything. */
export const load = (): Promise<number> =>
  timed(async () => {
    store = await opened();
  });

export const count = (): number => store.records.size;

/** One edit, until it is on the disk. */
export const edit = (): Promise<number> => {
  const [first] = store.records.keys();
  return timed(() =>
    store.change({
      records: [
        { key: first ?? "", change: (old) => (old === undefined ? undefined : { ...old, t2: old.t2 + 1 }) },
      ],
    }),
  );
};

/** An import: `n` new records in one step that can be undone; then that step undone. */
export async function insert(n: number): Promise<{ readonly insert: number; readonly undo: number }> {
  const history = new History<string>(store);
  const records: readonly TimeRecord[] = Array.from({ length: n }, (_, i) => ({
    key: `i${i}`,
    mt: 0,
    st: 0,
    t1: now() - 10 * YEAR + i * 6000,
    t2: now() - 10 * YEAR + i * 6000 + 3000,
    ds: `imported ${i} #imported #part${i % 200}`,
  }));
  return {
    insert: await timed(() =>
      history.change(
        "import",
        { records: records.map((item) => ({ key: item.key, change: () => item })) },
        true,
      ),
    ),
    undo: await timed(() => history.undo()),
  };
}

/** Questions about the store's records: the first one, after one edit, and when nothing has changed since. */
export async function statistics() {
  facts = new Facts(store);
  const range = { from: now() - 10 * YEAR, to: now() };
  const edges = Array.from({ length: 3651 }, (_, i) => range.from + i * DAY);
  const total = (): unknown => facts.totals(range, now());
  const first = await timed(total);
  await edit();
  return {
    first,
    afterEdit: await timed(total),
    again: await timed(total),
    byDay: await timed(() => facts.bins(edges, now())),
  };
}
