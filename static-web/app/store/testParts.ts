import "fake-indexeddb/auto";
import type { TimeRecord } from "../domain/record.ts";
import type { PushAnswer, Updates } from "./answers.ts";
import { databaseOf, openDatabase } from "./database.ts";
import { type Change, LocalStore } from "./localStore.ts";
import type { Remote } from "./remote.ts";
import type { AppStore } from "./store.ts";
import { Sync } from "./sync.ts";
import { quietHost } from "./testHost.ts";

let databases = 0;

/** The name of a database that no other test has. */
export const newDatabase = (): string => databaseOf(`user${databases++}`);

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

/** Writes whole records, whatever the store holds. */
export async function put(store: AppStore, ...items: readonly TimeRecord[]): Promise<void> {
  await store.change({ records: items.map((item) => ({ key: item.key, change: () => item })) });
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

/** The answer to a push that refuses one item and takes the others. */
export const refuses =
  (key: string, reason: string) =>
  (body: string): PushAnswer => {
    const { accepted } = accepts(body);
    return {
      accepted: new Set([...accepted].filter((other) => other !== key)),
      failed: new Map([[key, reason]]),
    };
  };

/** The clock of a sync, and what it has planned. */
interface Timer {
  ms: number;
  pending: { readonly ms: number; readonly work: () => void } | null;
}

/** A store on a database of its own, and a sync, which does not lead yet, whose remote the test controls. */
export async function parts(remote: Partial<Remote> = {}) {
  const name = newDatabase();
  const clock = { now: 1000 };
  const announced: Change[] = [];
  const timer: Timer = { ms: 0, pending: null };
  const use = { isHidden: false, idleMs: 0 };
  const left = { times: 0 };
  const asked: boolean[] = [];
  const open = async (announce: (change: Change) => void = () => undefined) =>
    LocalStore.load(await openDatabase(name), { now: () => clock.now, announce });
  const store = await open((change) => announced.push(change));
  const full: Remote = { push: async (_kind, body) => accepts(body), pull: async () => updates(), ...remote };
  const sync = new Sync(store, full, {
    ...quietHost(() => clock.now),
    milliseconds: () => timer.ms,
    after: (ms, work) => {
      const pending = { ms, work };
      timer.pending = pending;
      return () => {
        if (timer.pending === pending) timer.pending = null;
      };
    },
    use: () => use,
    ask: (isWish) => asked.push(isWish),
    onRevoked: () => {
      left.times += 1;
    },
  });
  return { name, store, sync, clock, timer, use, announced, left, asked, reopened: () => open() };
}

/** The same, and the sync leads. It syncs when the test lets it. */
export async function leading(remote: Partial<Remote> = {}) {
  const all = await parts(remote);
  all.sync.lead();
  return all;
}

/** Takes an answer to a question that is asked at this moment. */
export const receive = async (store: LocalStore, answer: Updates): Promise<boolean> =>
  store.receive(answer, await store.question());
