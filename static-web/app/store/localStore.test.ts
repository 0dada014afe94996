import { describe, expect, it, vi } from "vitest";
import type { Setting, TimeRecord } from "../domain/record.ts";
import { deleteDatabase } from "./database.ts";
import { accepts, leading, parts, put, receive, record, updates } from "./testParts.ts";

describe("LocalStore", () => {
  it("change_edit_is durable, waits and is announced", async () => {
    const { store, announced, reopened } = await parts();
    await put(store, record());
    const again = await reopened();
    expect(again.records.get("a")).toMatchObject({ mt: 1000, st: 0, ds: "x" });
    expect([...again.outbox.value.keys()]).toEqual(["records/a"]);
    expect(announced).toEqual([
      { database: store.id, revision: 1, items: [{ kind: "records", key: "a" }], isEdit: true },
    ]);
  });

  it("change_current from a clock that runs ahead_is not ignored", async () => {
    const { store } = await parts();
    await receive(store, updates({ records: [record({ mt: 5000, st: 50 })] }));
    await put(store, record({ ds: "mine" }));
    expect(store.records.get("a")).toMatchObject({ mt: 5001, ds: "mine" });
  });

  it("change_what another tab wrote a moment ago_is what the edit builds on", async () => {
    const { store, reopened } = await parts();
    await put(store, record({ ds: "first" }));
    const tab = await reopened();
    await put(store, record({ ds: "second" }));
    expect(tab.records.get("a")?.ds).toBe("first");
    await tab.change({ records: [{ key: "a", change: (current) => current && { ...current, t2: 30 } }] });
    expect(tab.records.get("a")).toMatchObject({ mt: 1002, t2: 30, ds: "second" });
  });

  it("change_a tab that was not told of another edit_knows it when its own is done", async () => {
    const { store, reopened } = await parts();
    const other = await reopened();
    await put(store, record({ key: "theirs" }));
    await put(other, record({ key: "ours" }));
    expect([...other.outbox.value.keys()]).toEqual(["records/ours", "records/theirs"]);
  });

  it("change_what another tab pulled a moment ago_is what the edit builds on", async () => {
    const { store, reopened } = await parts();
    await receive(store, updates({ records: [record({ mt: 1, st: 50, ds: "first" })] }));
    const tab = await reopened();
    await receive(store, updates({ serverTime: 101, records: [record({ mt: 5000, st: 60, ds: "second" })] }));
    await tab.change({ records: [{ key: "a", change: (current) => current && { ...current, t2: 30 } }] });
    expect(tab.records.get("a")).toMatchObject({ mt: 5001, t2: 30, ds: "second" });
  });

  it("change_edit that leaves things as they are_writes and announces nothing", async () => {
    const { store, announced } = await parts();
    expect(await store.change({ records: [{ key: "a", change: () => undefined }] })).toEqual({
      records: [],
      settings: [],
    });
    expect(store.outbox.value.size).toBe(0);
    expect(announced).toEqual([]);
  });

  it("change_edit that throws_leaves nothing of the others behind", async () => {
    const { store, reopened } = await parts();
    const broken = {
      key: "b",
      change: () => {
        throw new Error("broken");
      },
    };
    const edits = [{ key: "a", change: () => record() }, broken];
    await expect(store.change({ records: edits })).rejects.toThrow("broken");
    const again = await reopened();
    expect([again.records.size, again.outbox.value.size]).toEqual([0, 0]);
  });

  it("receive_the same pull twice_changes nothing", async () => {
    const { store } = await parts();
    const pull = updates({
      records: [record({ mt: 1, st: 50 })],
      settings: [{ key: "s", mt: 1, st: 50, value: [1] }],
    });
    await receive(store, pull);
    const before = [...store.records, ...store.settings];
    await receive(store, pull);
    expect([...store.records, ...store.settings]).toEqual(before);
    expect(await store.serverTime()).toBe(100);
  });

  it("receive_reset_drops confirmed items and keeps waiting edits, as made after it", async () => {
    const { store, reopened } = await parts();
    await receive(store, updates({ records: [record({ key: "old", mt: 1, st: 50 })] }));
    await put(store, record({ key: "waiting" }));
    await receive(
      store,
      updates({ serverTime: 2000.5, reset: true, records: [record({ key: "new", mt: 1, st: 60 })] }),
    );
    const again = await reopened();
    expect([...again.records.keys()].sort()).toEqual(["new", "waiting"]);
    expect([...store.records.keys()].sort()).toEqual(["new", "waiting"]);
    expect(again.outbox.value.get("records/waiting")?.item).toMatchObject({ mt: 2001, st: 0, ds: "x" });
  });

  it("receive_reset with a newer version of a waiting edit_shows the newer and keeps ours waiting", async () => {
    const { store, clock } = await parts();
    await put(store, record());
    clock.now = 2000;
    await receive(store, updates({ reset: true, records: [record({ mt: 1001, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.get("records/a")?.item.mt).toBe(1000);
  });

  it("receive_reset that brings a waiting edit_takes it for arrived", async () => {
    const { store } = await parts();
    await put(store, record());
    await receive(store, updates({ reset: true, records: [record({ mt: 1000, st: 60 })] }));
    expect(store.outbox.value.size).toBe(0);
    expect(store.records.get("a")?.st).toBe(60);
  });

  it("change_after a reset, by a clock that lags_is made after it", async () => {
    const { store } = await parts();
    await receive(store, updates({ serverTime: 5000.5, reset: true }));
    await put(store, record());
    expect(store.records.get("a")?.mt).toBe(5001);
  });

  it("receive_a later edit of another device_is shown, and ours is still pushed for the history", async () => {
    const { store, sync } = await leading();
    await put(store, record({ ds: "ours" }));
    await receive(store, updates({ records: [record({ mt: 1001, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.get("records/a")?.item).toMatchObject({ mt: 1000, ds: "ours" });
    await sync.run();
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.size).toBe(0);
  });

  it("receive_our own edit, whose answer never came_no longer waits", async () => {
    const { store } = await parts();
    await put(store, record({ ds: "ours" }));
    await receive(store, updates({ records: [record({ mt: 1000, st: 60, ds: "ours" })] }));
    expect(store.records.get("a")?.st).toBe(60);
    expect(store.outbox.value.size).toBe(0);
  });

  it("receive_older version with the same words as ours_leaves ours waiting, which is later", async () => {
    const { store } = await parts();
    await put(store, record({ ds: "same" }));
    await receive(store, updates({ records: [record({ mt: 500, st: 60, ds: "same" })] }));
    expect(store.outgoing("records")).toMatchObject([{ mt: 1000 }]);
  });

  it("receive_what was asked for before our edit arrived_does not bring the old back", async () => {
    const { store } = await parts();
    const old = record({ mt: 1, st: 50, ds: "old" });
    await receive(store, updates({ records: [old] }));
    await put(store, record({ ds: "ours" }));
    await store.settle("records", store.outgoing("records"), accepts('[{"key":"a"}]'));
    await receive(store, updates({ serverTime: 101, records: [old] }));
    expect(store.records.get("a")?.ds).toBe("ours");
  });

  it("receive_another edit of the same second_keeps ours queued", async () => {
    const { store } = await parts();
    await put(store, record({ ds: "ours" }));
    await receive(store, updates({ records: [record({ mt: 1000, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("ours");
    expect(store.outbox.value.size).toBe(1);
  });

  it("change_the same key twice in one batch_builds on itself and is one item", async () => {
    const { store } = await parts();
    const add = {
      key: "a",
      change: (now: TimeRecord | undefined) => ({ ...(now ?? record()), ds: `${now?.ds ?? ""}+` }),
    };
    const { records } = await store.change({ records: [add, add] });
    expect(records).toEqual([{ before: undefined, after: record({ mt: 1001, ds: "++" }) }]);
  });

  it("change_records and settings_are one transaction", async () => {
    const { store, announced } = await parts();
    const broken = () => {
      throw new Error("broken");
    };
    const both = (change: () => Setting) =>
      store.change({
        records: [{ key: "a", change: () => record() }],
        settings: [{ key: "s", change }],
      });
    await expect(both(broken)).rejects.toThrow("broken");
    expect([store.records.size, store.settings.size]).toEqual([0, 0]);
    await both(() => ({ key: "s", mt: 0, st: 0, value: 1 }));
    expect([store.records.size, store.settings.size]).toEqual([1, 1]);
    expect(announced).toHaveLength(1);
  });

  it("change_more items than are read or written at once_are all there, also after a restart", async () => {
    const { store, announced, reopened } = await parts();
    const many = Array.from({ length: 4500 }, (_, i) => record({ key: `k${i}` }));
    await put(store, ...many);
    expect(announced).toEqual([{ database: store.id, revision: 1, items: "everything", isEdit: true }]);
    const again = await reopened();
    expect([again.records.size, again.outbox.value.size]).toEqual([4500, 4500]);
    await put(again, ...many.map((item) => ({ ...item, ds: "twice" })));
    await store.catchUp();
    expect([...store.records.values()].every(({ ds, mt }) => ds === "twice" && mt === 1001)).toBe(true);
  });

  it("change_disk is full_fails with that, changes nothing and works again later", async () => {
    const { store, announced } = await parts();
    await put(store, record({ ds: "before" }));
    const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
    ) {
      (this.transaction as unknown as { _abort(name: string): void })._abort("QuotaExceededError");
      throw new DOMException("aborted", "AbortError");
    });
    await expect(put(store, record({ ds: "after" }))).rejects.toMatchObject({ name: "QuotaExceededError" });
    full.mockRestore();
    expect([store.records.get("a")?.ds, announced.length]).toEqual(["before", 1]);
    await put(store, record({ ds: "after" }));
    expect(store.records.get("a")?.ds).toBe("after");
  });

  it("change_database is closed_fails", async () => {
    const { name, store } = await parts();
    await deleteDatabase(name);
    await expect(put(store, record())).rejects.toMatchObject({ name: "InvalidStateError" });
    expect(store.records.size).toBe(0);
  });

  it("change_the copy is current_reads no item again", async () => {
    const { store } = await parts();
    await receive(store, updates({ records: [record({ mt: 1, st: 50 })] }));
    const reads = vi.spyOn(IDBObjectStore.prototype, "get");
    await put(store, record({ ds: "mine" }));
    // Two of the database's own facts, however many items it has.
    expect(reads).toHaveBeenCalledTimes(2);
    reads.mockRestore();
  });
});
