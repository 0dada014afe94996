import { openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "./database.ts";
import { LocalStore } from "./localStore.ts";
import { accepts, newDatabase, parts, put, receive, record, updates } from "./testParts.ts";

const DAY = 86_400;
const NOW = 100 * DAY;
/** Stopped long ago, stopped today, and begun long ago and running. */
const OLD = record({ key: "old", mt: 1, st: 50, t1: DAY, t2: DAY + 60, ds: "old" });
const LATE = record({ key: "late", mt: 1, st: 50, t1: NOW - 600, t2: NOW - 60, ds: "late" });
const RUNNING = record({ key: "running", mt: 1, st: 50, t1: 2 * DAY, t2: 2 * DAY, ds: "running" });

const host = { now: () => NOW, announce: () => undefined };

/** A database with those three, and a tab that has read only what is seen first. */
async function opened(...others: readonly (typeof OLD)[]) {
  const all = await parts();
  all.clock.now = NOW;
  await receive(all.store, updates({ records: [OLD, LATE, RUNNING, ...others] }));
  const tab = await LocalStore.open(await openDatabase(all.name), host);
  return { ...all, tab };
}

const keys = (store: LocalStore): readonly string[] => [...store.records.keys()].sort();

describe("what is seen is read first", () => {
  afterEach(() => vi.restoreAllMocks());

  it("open_old and late records_has what ended lately and what runs, and the rest follows", async () => {
    const { tab } = await opened();
    expect([keys(tab), tab.isComplete.value]).toEqual([["late", "running"], false]);
    await tab.readOn();
    expect([keys(tab), tab.isComplete.value]).toEqual([["late", "old", "running"], true]);
  });

  it("open_many old records_reads none of them, and the rest in pieces that are told", async () => {
    const many = Array.from({ length: 1200 }, (_, i) => record({ ...OLD, key: `many${i}` }));
    const { name } = await opened(...many);
    const reads: number[] = [];
    const getAll = IDBObjectStore.prototype.getAll;
    vi.spyOn(IDBObjectStore.prototype, "getAll").mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = getAll.apply(this, args as [IDBKeyRange | null, number]);
      request.addEventListener("success", () => reads.push(request.result.length));
      return request;
    });
    const tab = await LocalStore.open(await openDatabase(name), host);
    expect(Math.max(...reads)).toBeLessThanOrEqual(1);
    const changes = tab.changes.reader();
    changes.take();
    await tab.readOn();
    expect(Math.max(...reads)).toBeLessThanOrEqual(500);
    expect(changes.take()).toEqual(new Set([...many.map(({ key }) => key), "old"]));
    expect(tab.records.size).toBe(1203);
  });

  it("open_more of lately than is quick to read by itself_reads everything", async () => {
    const late = Array.from({ length: 1000 }, (_, i) => record({ ...LATE, key: `late${i}` }));
    const { tab } = await opened(...late);
    expect([tab.records.size, tab.isComplete.value]).toEqual([1003, true]);
  });

  it("change_a record that is not read yet_reads it, and what follows does not undo that", async () => {
    const { tab } = await opened();
    const written = await tab.change({
      records: [{ key: "old", change: (current) => current && { ...current, ds: `${current.ds} and mine` } }],
    });
    expect(written.records).toMatchObject([{ before: OLD, after: { ds: "old and mine", mt: NOW } }]);
    await tab.readOn();
    expect(tab.records.get("old")?.ds).toBe("old and mine");
  });

  it("receive_an older version of a record that is not read yet_leaves it", async () => {
    const { tab } = await opened();
    await receive(tab, updates({ serverTime: 200, records: [{ ...OLD, st: 40, ds: "older" }] }));
    await tab.readOn();
    expect(tab.records.get("old")?.ds).toBe("old");
  });

  it("open_an edit of an old record waits_shows it", async () => {
    const { tab, name } = await opened();
    await put(tab, { ...OLD, ds: "waits" });
    const again = await LocalStore.open(await openDatabase(name), host);
    expect(again.records.get("old")?.ds).toBe("waits");
    await again.readOn();
    expect(again.records.get("old")?.ds).toBe("waits");
  });

  it("open_an edit that a later one of the server beat_shows the server's", async () => {
    const { tab, name } = await opened();
    await put(tab, { ...OLD, ds: "beaten" });
    await receive(
      tab,
      updates({ serverTime: 200, records: [{ ...OLD, mt: NOW + 5, st: 90, ds: "theirs" }] }),
    );
    const again = await LocalStore.open(await openDatabase(name), host);
    expect(again.records.get("old")?.ds).toBe("theirs");
  });

  it("open_what ran was stopped, deleted or started elsewhere_is known", async () => {
    const { store, name, tab } = await opened();
    const deleted = { ...RUNNING, key: "deleted", mt: 5, st: 60, ds: "HIDDEN gone" };
    const begun = { ...RUNNING, key: "begun", mt: 5, st: 60 };
    const stopped = { ...RUNNING, mt: 5, st: 60, t2: 3 * DAY };
    await receive(store, updates({ serverTime: 200, records: [deleted, begun, stopped] }));
    const again = await LocalStore.open(await openDatabase(name), host);
    expect(keys(again)).toEqual(["begun", "late"]);
    await tab.catchUp();
    expect(tab.isComplete.value).toBe(true);
  });

  it("open_after a reset_knows what runs by then", async () => {
    const { store, name } = await opened();
    await receive(
      store,
      updates({ serverTime: 300, reset: true, records: [OLD, { ...RUNNING, key: "new" }] }),
    );
    const again = await LocalStore.open(await openDatabase(name), host);
    expect(keys(again)).toEqual(["new"]);
  });

  it("open_an old record was started here and accepted_is known", async () => {
    const { store, clock, name } = await opened();
    clock.now = 5 * DAY;
    await put(store, record({ key: "mine", t1: 5 * DAY, t2: 5 * DAY }));
    const pushed = store.outgoing("records");
    await store.settle("records", pushed, accepts(JSON.stringify(pushed)));
    const again = await LocalStore.open(await openDatabase(name), host);
    expect(keys(again)).toEqual(["late", "mine", "running"]);
  });

  it("readOn_another tab has changed a record that is not read yet_shows that", async () => {
    const { store, announced, tab } = await opened();
    announced.length = 0;
    await put(store, { ...OLD, ds: "theirs" });
    await tab.readOn();
    for (const change of announced) await tab.follow(change);
    expect([tab.records.get("old")?.ds, tab.outbox.value.size]).toEqual(["theirs", 1]);
  });

  it("readOn_the database is closed meanwhile_goes on with the next look", async () => {
    const { name } = await opened();
    const db = await openDatabase(name);
    const tab = await LocalStore.open(db, host);
    db.close();
    await tab.readOn();
    expect(tab.isComplete.value).toBe(false);
    await tab.reopen(await openDatabase(name));
    expect([keys(tab), tab.isComplete.value]).toEqual([["late", "old", "running"], true]);
  });

  it("openDatabase_of the second version_keeps everything, and knows what runs", async () => {
    const name = newDatabase();
    const old = await openDB(name, 2, {
      upgrade(db) {
        for (const kind of ["records", "settings"]) db.createObjectStore(kind, { keyPath: "key" });
        db.createObjectStore("outbox", { keyPath: ["kind", "key"] });
        db.createObjectStore("meta");
      },
    });
    const waits = { ...OLD, ds: "waits", mt: 9 };
    for (const one of [OLD, LATE, RUNNING]) await old.put("records", one);
    await old.put("settings", { key: "s", mt: 1, st: 1, value: 1 });
    await old.put("outbox", { kind: "records", key: "old", item: waits, refused: null });
    for (const [key, value] of Object.entries({ server_time: 100, revision: 7, id: "one" }))
      await old.put("meta", value, key);
    old.close();
    const store = await LocalStore.open(await openDatabase(name), host);
    expect([keys(store), store.id, await store.serverTime()]).toEqual([
      ["late", "old", "running"],
      "one",
      100,
    ]);
    expect([store.settings.size, store.outgoing("records")]).toEqual([1, [waits]]);
    await store.readOn();
    expect(store.isComplete.value).toBe(true);
  });
});
