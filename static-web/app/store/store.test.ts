import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { ApiFailure } from "../api/request.ts";
import type { TimeRecord } from "../domain/record.ts";
import { type PushAnswer, readPushAnswer, readUpdates, type Updates } from "./answers.ts";
import { chunked } from "./chunks.ts";
import { openDatabase } from "./database.ts";
import { type Change, LocalStore } from "./localStore.ts";
import type { Remote } from "./remote.ts";
import { retryDelay, Sync } from "./sync.ts";

let databases = 0;

const record = (fields: Partial<TimeRecord> = {}): TimeRecord => ({
  key: "a",
  mt: 0,
  st: 0,
  t1: 10,
  t2: 20,
  ds: "x",
  ...fields,
});
const updates = (fields: Partial<Updates> = {}): Updates => ({
  serverTime: 100,
  reset: false,
  records: [],
  settings: [],
  ...fields,
});
const accepts = (body: string): PushAnswer => ({
  accepted: new Set((JSON.parse(body) as TimeRecord[]).map((item) => item.key)),
  failed: new Map(),
});

/** A store on a database of its own, and a sync whose remote the test controls. */
async function parts(remote: Partial<Remote> = {}) {
  const username = `user${databases++}`;
  const clock = { now: 1000 };
  const announced: Change[] = [];
  const db = await openDatabase(username);
  const store = await LocalStore.load(
    db,
    () => clock.now,
    (change) => announced.push(change),
  );
  const full: Remote = { push: async (_kind, body) => accepts(body), pull: async () => updates(), ...remote };
  const onRevoked = vi.fn();
  const sync = new Sync(store, full, {
    exclusively: (work) => work(),
    isHidden: () => true,
    random: () => 0,
    onRevoked,
  });
  const reopened = async () =>
    LocalStore.load(
      await openDatabase(username),
      () => clock.now,
      () => undefined,
    );
  return { store, sync, clock, announced, onRevoked, reopened };
}

describe("LocalStore", () => {
  it("put_edit_is durable, waits and is announced", async () => {
    const { store, announced, reopened } = await parts();
    await store.put("records", [record()]);
    const again = await reopened();
    expect(again.records.get("a")).toMatchObject({ mt: 1000, st: 0, ds: "x" });
    expect([...again.outbox.value.keys()]).toEqual(["records/a"]);
    expect(announced).toEqual([{ records: ["a"], settings: [] }]);
  });

  it("put_current from a clock that runs ahead_is not ignored", async () => {
    const { store } = await parts();
    await store.receive(updates({ records: [record({ mt: 5000, st: 50 })] }));
    await store.put("records", [record({ ds: "mine" })]);
    expect(store.records.get("a")).toMatchObject({ mt: 5001, ds: "mine" });
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
    await store.put("records", [record({ key: "waiting" })]);
    await store.receive(
      updates({ serverTime: 2000.5, reset: true, records: [record({ key: "new", mt: 1, st: 60 })] }),
    );
    const again = await reopened();
    expect([...again.records.keys()].sort()).toEqual(["new", "waiting"]);
    expect([...store.records.keys()].sort()).toEqual(["new", "waiting"]);
    expect(again.outbox.value.get("records/waiting")?.item).toMatchObject({ mt: 2001, st: 0, ds: "x" });
  });

  it("receive_reset with a newer version of a waiting edit_takes the newer", async () => {
    const { store } = await parts();
    await store.put("records", [record()]);
    await store.receive(updates({ reset: true, records: [record({ mt: 1001, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.size).toBe(0);
  });

  it("receive_a later edit of another device_is shown, and ours is still pushed for the history", async () => {
    const { store, sync } = await parts();
    await store.put("records", [record({ ds: "ours" })]);
    await store.receive(updates({ records: [record({ mt: 1001, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.get("records/a")?.item).toMatchObject({ mt: 1000, ds: "ours" });
    await sync.run();
    expect(store.records.get("a")?.ds).toBe("theirs");
    expect(store.outbox.value.size).toBe(0);
  });

  it("receive_another edit of the same second_keeps ours queued", async () => {
    const { store } = await parts();
    await store.put("records", [record({ ds: "ours" })]);
    await store.receive(updates({ records: [record({ mt: 1000, st: 60, ds: "theirs" })] }));
    expect(store.records.get("a")?.ds).toBe("ours");
    expect(store.outbox.value.size).toBe(1);
  });
});

describe("Sync", () => {
  it("run_accepted edit_leaves the outbox and is confirmed by the pull", async () => {
    const confirmed = record({ mt: 1000, st: 90 });
    const { store, sync } = await parts({ pull: async () => updates({ records: [confirmed] }) });
    await store.put("records", [record()]);
    await sync.run();
    expect(store.outbox.value.size).toBe(0);
    expect(store.records.get("a")).toEqual(confirmed);
    expect(sync.status.value).toEqual({ phase: "done" });
  });

  it("run_edit during the push_stays queued", async () => {
    const { store, sync } = await parts({
      push: async (_kind, body) => {
        await store.put("records", [record({ ds: "second" })]);
        return accepts(body);
      },
    });
    await store.put("records", [record({ ds: "first" })]);
    await sync.run();
    expect(store.outbox.value.get("records/a")?.item).toMatchObject({ mt: 1001, ds: "second" });
    expect(store.records.get("a")?.ds).toBe("second");
  });

  it("edited_during the pull_is pushed soon after, not after the usual pause", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const bodies: string[] = [];
      const { store, sync } = await parts({
        push: async (_kind, body) => {
          bodies.push(body);
          return accepts(body);
        },
        pull: async () => {
          if (bodies.length === 0) {
            await store.put("records", [record()]);
            sync.edited();
          }
          return updates();
        },
      });
      await sync.run();
      expect(bodies).toHaveLength(0);
      vi.advanceTimersByTime(200);
      await vi.waitFor(() => expect(bodies).toHaveLength(1));
    } finally {
      vi.useRealTimers();
    }
  });

  it("run_push fails_keeps the edit", async () => {
    const { store, sync, reopened } = await parts({
      push: async () => {
        throw new ApiFailure("network", "no route");
      },
    });
    await store.put("records", [record()]);
    await sync.run();
    expect(sync.status.value.phase).toBe("offline");
    expect((await reopened()).outbox.value.size).toBe(1);
  });

  it("run_refused edit_is kept with the reason and not pushed again until it changes", async () => {
    const bodies: string[] = [];
    const { store, sync } = await parts({
      push: async (_kind, body) => {
        bodies.push(body);
        return { accepted: new Set(), failed: new Map([["a", "too long"]]) };
      },
      pull: async () => updates({ records: [record({ mt: 3, st: 80, ds: "the server's" })] }),
    });
    await store.put("records", [record({ ds: "mine" })]);
    await sync.run();
    await sync.run();
    expect(bodies).toHaveLength(1);
    expect(store.records.get("a")?.ds).toBe("mine");
    expect(store.outbox.value.get("records/a")?.refused).toBe("too long");
    await store.put("records", [record({ ds: "shorter" })]);
    await sync.run();
    expect(bodies).toHaveLength(2);
  });

  it("run_key that the answer does not name_stays queued", async () => {
    const { store, sync } = await parts({ push: async () => ({ accepted: new Set(), failed: new Map() }) });
    await store.put("records", [record()]);
    await sync.run();
    expect(store.outbox.value.size).toBe(1);
  });

  it.each([
    ["revoked", 1],
    ["unauthorized", 0],
  ] as const)("run_%s_stops and leaves for the sign-out page %d times", async (kind, times) => {
    const { sync, onRevoked } = await parts({
      pull: async () => {
        throw new ApiFailure(kind, "text");
      },
    });
    await sync.run();
    expect(sync.status.value).toEqual({ phase: "signedOut", text: "text" });
    expect(onRevoked).toHaveBeenCalledTimes(times);
  });

  it("retryDelay_grows from 2 s to 5 min", () => {
    expect(retryDelay(1, 0)).toBe(2000);
    expect(retryDelay(1, 1)).toBe(4000);
    expect(retryDelay(30, 1)).toBe(300_000);
  });
});

describe("answers", () => {
  it("readUpdates_items that make no sense_are passed over", () => {
    const answer = {
      server_time: 1,
      reset: 0,
      records: [null, { key: 1 }, record({ st: 2 })],
      settings: [{ key: "s" }],
    };
    expect(readUpdates(answer)).toEqual(updates({ serverTime: 1, records: [record({ st: 2 })] }));
  });

  it.each([null, [], "x", { server_time: "1" }, { server_time: 1, records: {}, settings: [] }])(
    "readUpdates_%j_is a failure",
    (answer) => expect(() => readUpdates(answer)).toThrow(ApiFailure),
  );

  it("readPushAnswer_errors_belong to the failed keys in order", () => {
    const answer = readPushAnswer({ accepted: ["a"], failed: ["b", "c"], errors: ["B", "C", "extra"] });
    expect([...answer.failed]).toEqual([
      ["b", "B"],
      ["c", "C"],
    ]);
  });
});

describe("chunked", () => {
  it("chunked_2500 items_are three requests", () => {
    const chunks = chunked(Array.from({ length: 2500 }, (_, i) => i));
    expect(chunks.map((chunk) => chunk.items.length)).toEqual([1000, 1000, 500]);
    expect(JSON.parse(chunks[2]?.body ?? "")).toHaveLength(500);
  });

  it("chunked_large items_are cut by bytes", () => {
    expect(chunked(["é".repeat(40), "é".repeat(40)], 100)).toHaveLength(2);
  });
});
