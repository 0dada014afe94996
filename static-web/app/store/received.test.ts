import { describe, expect, it } from "vitest";
import { accepts, parts, put, receive, record, refuses, updates } from "./testParts.ts";

describe("settle", () => {
  it("settle_edit made during the push, of a program's item in nanoseconds_still waits", async () => {
    const { store } = await parts();
    await receive(store, updates({ records: [record({ mt: 1.7e18, st: 50 })] }));
    await put(store, record({ ds: "one" }));
    const pushed = store.outgoing("records");
    await put(store, record({ ds: "two" }));
    await store.settle("records", pushed, accepts(JSON.stringify(pushed)));
    expect(store.outgoing("records")).toMatchObject([{ ds: "two" }]);
    expect(store.records.get("a")?.ds).toBe("two");
  });

  it("settle_late answer about a version that was discarded_leaves the one of the same second", async () => {
    const { store } = await parts();
    await put(store, record({ ds: "old" }));
    const old = store.outgoing("records");
    await store.settle("records", old, refuses("a", "no")("[]"));
    await store.discard([...store.outbox.value.values()]);
    await put(store, record({ ds: "new" }));
    await store.settle("records", old, accepts(JSON.stringify(old)));
    expect(store.records.get("a")?.ds).toBe("new");
    expect(store.outgoing("records")).toHaveLength(1);
  });
});
