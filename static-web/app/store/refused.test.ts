import { describe, expect, it } from "vitest";
import type { TimeRecord } from "../domain/record.ts";
import { parts, put, receive, record, refuses, updates } from "./testParts.ts";

describe("refused edits", () => {
  const name = { kind: "records", key: "a" } as const;

  async function refused(theirs?: TimeRecord) {
    const all = await parts();
    if (theirs !== undefined) await receive(all.store, updates({ records: [theirs] }));
    await put(all.store, record({ ds: "mine" }));
    const mine = all.store.outgoing("records");
    await all.store.settle("records", mine, refuses("a", "too long")(JSON.stringify(mine)));
    expect(all.store.outbox.value.get("records/a")?.refused).toBe("too long");
    expect(all.store.outgoing("records")).toEqual([]);
    return all;
  }

  it("discard_of a known item_brings the server's version back", async () => {
    const theirs = record({ mt: 1, st: 50, ds: "theirs" });
    const { store, reopened } = await refused(theirs);
    await receive(store, updates({ serverTime: 101, records: [{ ...theirs, st: 60 }] }));
    expect(store.records.get("a")?.ds).toBe("mine");
    await store.discard([...store.outbox.value.values()]);
    expect(store.records.get("a")).toEqual({ ...theirs, st: 60 });
    expect((await reopened()).records.get("a")).toEqual({ ...theirs, st: 60 });
  });

  it("discard_of a new item_removes it", async () => {
    const { store, reopened } = await refused();
    await store.discard([...store.outbox.value.values()]);
    expect([store.records.size, (await reopened()).records.size]).toEqual([0, 0]);
  });

  it("discard_of an edit that waits_does nothing: it was not refused", async () => {
    const { store } = await parts();
    await put(store, record());
    await store.discard([...store.outbox.value.values()]);
    expect(store.outbox.value.size).toBe(1);
  });

  it("discard_of a version that another tab has edited since_leaves the later one, refused or not", async () => {
    const { store, clock, reopened } = await refused();
    const seen = [...store.outbox.value.values()];
    const tab = await reopened();
    clock.now = 2000;
    await put(tab, record({ ds: "later" }));
    const later = tab.outgoing("records");
    await tab.settle("records", later, refuses("a", "still too long")(JSON.stringify(later)));
    await store.discard(seen);
    expect(store.outbox.value.get("records/a")).toMatchObject({
      item: { ds: "later" },
      refused: "still too long",
    });
  });

  it("resend_waits again, as made now and after what the server has", async () => {
    const { store, clock, announced } = await refused();
    await receive(store, updates({ records: [record({ mt: 5000, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    clock.now = 2000;
    await store.resend([name]);
    expect(store.outgoing("records")).toMatchObject([{ mt: 5001, ds: "mine" }]);
    expect(store.records.get("a")?.ds).toBe("mine");
    expect(announced.at(-1)?.isEdit).toBe(true);
  });

  it("change_of a refused item_is another version, which waits", async () => {
    const { store } = await refused();
    await put(store, record({ ds: "shorter" }));
    expect(store.outgoing("records")).toMatchObject([{ mt: 1001, ds: "shorter" }]);
  });
});
