import { describe, expect, it } from "vitest";
import { leading, parts, put, record, updates } from "./testParts.ts";

describe("LocalStore", () => {
  it("change_edit_is durable, waits and is announced", async () => {
    const { store, announced, reopened } = await parts();
    await put(store, record());
    const again = await reopened();
    expect(again.records.get("a")).toMatchObject({ mt: 1000, st: 0, ds: "x" });
    expect([...again.outbox.value.keys()]).toEqual(["records/a"]);
    expect(announced).toEqual([{ revision: 1, items: [{ kind: "records", key: "a" }], isEdit: true }]);
  });

  it("change_current from a clock that runs ahead_is not ignored", async () => {
    const { store } = await parts();
    await store.receive(updates({ records: [record({ mt: 5000, st: 50 })] }));
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
    await store.receive(pull);
    const before = [...store.records, ...store.settings];
    await store.receive(pull);
    expect([...store.records, ...store.settings]).toEqual(before);
    expect(await store.serverTime()).toBe(100);
  });

  it("receive_reset_drops confirmed items and keeps waiting edits, as made after it", async () => {
    const { store, reopened } = await parts();
    await store.receive(updates({ records: [record({ key: "old", mt: 1, st: 50 })] }));
    await put(store, record({ key: "waiting" }));
    await store.receive(
      updates({ serverTime: 2000.5, reset: true, records: [record({ key: "new", mt: 1, st: 60 })] }),
    );
    const again = await reopened();
    expect([...again.records.keys()].sort()).toEqual(["new", "waiting"]);
    expect([...store.records.keys()].sort()).toEqual(["new", "waiting"]);
    expect(again.outbox.value.get("records/waiting")?.item).toMatchObject({ mt: 2001, st: 0, ds: "x" });
  });

  it("receive_reset with a newer version of a waiting edit_shows the newer and keeps ours waiting", async () => {
    const { store } = await parts();
    await put(store, record());
    await store.receive(updates({ reset: true, records: [record({ mt: 1001, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.get("records/a")?.item.mt).toBe(1000);
  });

  it("receive_reset that brings a waiting edit_takes it for arrived", async () => {
    const { store } = await parts();
    await put(store, record());
    await store.receive(updates({ reset: true, records: [record({ mt: 1000, st: 60 })] }));
    expect(store.outbox.value.size).toBe(0);
    expect(store.records.get("a")?.st).toBe(60);
  });

  it("change_after a reset, by a clock that lags_is made after it", async () => {
    const { store } = await parts();
    await store.receive(updates({ serverTime: 5000.5, reset: true }));
    await put(store, record());
    expect(store.records.get("a")?.mt).toBe(5001);
  });

  it("receive_a later edit of another device_is shown, and ours is still pushed for the history", async () => {
    const { store, sync } = await leading();
    await put(store, record({ ds: "ours" }));
    await store.receive(updates({ records: [record({ mt: 1001, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.get("records/a")?.item).toMatchObject({ mt: 1000, ds: "ours" });
    await sync.run();
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.size).toBe(0);
  });

  it("receive_another edit of the same second_keeps ours queued", async () => {
    const { store } = await parts();
    await put(store, record({ ds: "ours" }));
    await store.receive(updates({ records: [record({ mt: 1000, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("ours");
    expect(store.outbox.value.size).toBe(1);
  });
});
