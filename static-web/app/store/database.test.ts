import { openDB } from "idb";
import { describe, expect, it } from "vitest";
import { deleteDatabase, emptyDatabase, openDatabase, STORES } from "./database.ts";
import { LocalStore } from "./localStore.ts";
import { newDatabase, parts, put, receive, record, updates } from "./testParts.ts";

describe("openDatabase", () => {
  it("openDatabase_of the first version_keeps what waits and pulls the rest again", async () => {
    const name = newDatabase();
    const old = await openDB(name, 1, {
      upgrade(db) {
        for (const kind of ["records", "settings"]) db.createObjectStore(kind, { keyPath: "key" });
        db.createObjectStore("outbox", { keyPath: ["kind", "key"] });
        db.createObjectStore("meta");
      },
    });
    await old.put("records", record({ ds: "mine" }));
    await old.put("records", record({ key: "b", st: 50 }));
    await old.put("outbox", { kind: "records", key: "a", item: record({ ds: "mine" }), refused: null });
    await old.put("meta", 100, "server_time");
    old.close();
    const store = await LocalStore.load(await openDatabase(name), {
      now: () => 1,
      announce: () => undefined,
    });
    expect([...store.records.values()]).toMatchObject([{ key: "a", ds: "mine" }]);
    expect([await store.serverTime(), store.outgoing("records").length]).toEqual([0, 1]);
    expect(store.id).not.toBe("");
  });

  it.each([
    ["deleted", (name: string) => deleteDatabase(name)],
    ["newer", (name: string) => openDB(name, 99).then((db) => db.close())],
  ] as const)("openDatabase_%s by another page_is told and makes way", async (why, act) => {
    const name = newDatabase();
    const told: string[] = [];
    await openDatabase(name, { onClosed: (closed) => told.push(closed) });
    await act(name);
    expect(told).toEqual([why]);
  });
});

describe("emptyDatabase", () => {
  it("emptyDatabase_beside a tab that keeps it open_leaves nothing, and is another one", async () => {
    const { name, store } = await parts();
    await receive(store, updates({ records: [record({ key: "theirs", mt: 1, st: 50 })] }));
    await put(store, record({ ds: "mine" }));
    await emptyDatabase(name);
    const db = await openDatabase(name);
    const left = await Promise.all(STORES.map((each) => db.getAll(each)));
    expect(left).toEqual([[], [], [], [expect.any(String)]]);
    expect(await db.get("meta", "id")).not.toBe(store.id);
  });

  it("emptyDatabase_there is none_is none of its business", async () => {
    const name = newDatabase();
    await emptyDatabase(name);
    await deleteDatabase(name);
    expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name);
  });
});
