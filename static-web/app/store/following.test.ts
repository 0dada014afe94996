import { describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { type Change, LocalStore } from "./localStore.ts";
import { parts, put, record, refuses } from "./testParts.ts";

/** The database; what is read from it arrives only after `meanwhile`. */
const answeringLate = (db: Database, meanwhile: () => Promise<void>): Database =>
  new Proxy(db, {
    get(target, name) {
      if (name === "get" || name === "getAll") return target[name].bind(target);
      if (name !== "transaction") return Reflect.get(target, name);
      return (...[stores, mode]: Parameters<Database["transaction"]>) => {
        const tx = target.transaction(stores, mode);
        const objectStore: (typeof tx)["objectStore"] = (store) => tx.objectStore(store);
        return mode === "readonly" ? { objectStore, done: tx.done.then(meanwhile) } : tx;
      };
    },
  });

describe("LocalStore beside other tabs", () => {
  it("follow_another tab's change_is seen, also its removal", async () => {
    const { store, announced, reopened } = await parts();
    const tab = await reopened();
    const follow = async (): Promise<void> => {
      for (const change of announced.splice(0)) await tab.follow(change);
    };
    await put(store, record());
    await follow();
    expect([tab.records.get("a")?.ds, tab.outbox.value.size]).toEqual(["x", 1]);
    await store.settle("records", [record({ mt: 1000 })], refuses("a", "no")("[]"));
    await store.discard([...store.outbox.value.values()]);
    await follow();
    expect([tab.records.size, tab.outbox.value.size]).toEqual([0, 0]);
  });

  it("follow_messages in any order_come to the same, and leave nothing to catch up with", async () => {
    const { store, announced, reopened } = await parts();
    const tab = await reopened();
    await put(store, record({ ds: "1" }));
    await put(store, record({ key: "b" }));
    await put(store, record({ ds: "2" }));
    for (const change of announced.reverse()) await tab.follow(change);
    expect(tab.records).toEqual(store.records);
    const reads = vi.spyOn(IDBObjectStore.prototype, "getAll");
    await tab.catchUp();
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
  });

  it("follow_an edit overtakes the look_is not undone by it", async () => {
    const { name, store, announced } = await parts();
    await put(store, record({ ds: "first" }));
    let late = async (): Promise<void> => undefined;
    const db = answeringLate(await openDatabase(name), () => late());
    const tab = await LocalStore.load(db, { now: () => 2000, announce: () => undefined });
    late = async () => {
      late = async () => undefined;
      await put(tab, record({ ds: "second" }));
    };
    await tab.follow(announced[0] as Change);
    expect(tab.records.get("a")?.ds).toBe("second");
  });

  it("change_what is edited depends on what another tab did a moment ago_is asked once that is known", async () => {
    const { store, reopened } = await parts();
    const tab = await reopened();
    await put(store, record({ key: "theirs" }));
    const seen: string[][] = [];
    await tab.change(() => {
      const keys = [...tab.records.keys()];
      seen.push(keys);
      return {
        records: keys.map((key) => ({ key, change: (current) => current && { ...current, ds: "ours" } })),
      };
    });
    expect(seen).toEqual([["theirs"]]);
    expect(tab.records.get("theirs")).toMatchObject({ ds: "ours", mt: 1001 });
  });

  it("catchUp_a message was lost and a later one came_is noticed all the same", async () => {
    const { store, announced, reopened } = await parts();
    const tab = await reopened();
    await put(store, record());
    await put(store, record({ key: "b" }));
    for (const change of announced.slice(1)) await tab.follow(change);
    expect([...tab.records.keys()]).toEqual(["b"]);
    await tab.catchUp();
    expect(tab.records).toEqual(store.records);
  });

  it("catchUp_a message was missed_reads everything", async () => {
    const { store, reopened } = await parts();
    const tab = await reopened();
    await put(store, record());
    await tab.catchUp();
    expect(tab.records.get("a")?.ds).toBe("x");
  });
});
