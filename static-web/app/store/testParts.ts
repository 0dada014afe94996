import "fake-indexeddb/auto";
import type { TimeRecord } from "../domain/record.ts";
import type { PushAnswer, Updates } from "./answers.ts";
import { openDatabase } from "./database.ts";
import { type Change, LocalStore } from "./localStore.ts";
import type { Remote } from "./remote.ts";
import { Sync } from "./sync.ts";

let databases = 0;

/** A record; what a test is about it names itself. */
export const record = (fields: Partial<TimeRecord> = {}): TimeRecord => ({
  key: "a",
  mt: 0,
  st: 0,
  t1: 10,
  t2: 20,
  ds: "x",
  ...fields,
});

/** Writes a whole record, whatever the database holds. */
export async function put(store: Pick<LocalStore, "change">, item: TimeRecord): Promise<void> {
  await store.change("records", [{ key: item.key, change: () => item }]);
}

/** The answer to a pull. */
export const updates = (fields: Partial<Updates> = {}): Updates => ({
  serverTime: 100,
  reset: false,
  records: [],
  settings: [],
  ...fields,
});

/** The answer to a push that takes everything. */
export const accepts = (body: string): PushAnswer => ({
  accepted: new Set((JSON.parse(body) as TimeRecord[]).map((item) => item.key)),
  failed: new Map(),
});

/** A store on a database of its own, and a sync whose remote the test controls. */
export async function parts(remote: Partial<Remote> = {}) {
  const username = `user${databases++}`;
  const clock = { now: 1000 };
  const announced: Change[] = [];
  const timer = { ms: 0 };
  const left = { times: 0 };
  const db = await openDatabase(username);
  const store = await LocalStore.load(
    db,
    () => clock.now,
    (change) => announced.push(change),
  );
  const full: Remote = { push: async (_kind, body) => accepts(body), pull: async () => updates(), ...remote };
  const sync = new Sync(store, full, {
    exclusively: (work) => work(),
    isHidden: () => true,
    random: () => 0,
    milliseconds: () => timer.ms,
    onRevoked: () => {
      left.times += 1;
    },
  });
  const reopened = async () =>
    LocalStore.load(
      await openDatabase(username),
      () => clock.now,
      () => undefined,
    );
  return { store, sync, clock, timer, announced, left, reopened };
}
