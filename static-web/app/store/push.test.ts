import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import type { TimeRecord } from "../domain/record.ts";
import type { PushAnswer } from "./answers.ts";
import { flush } from "./push.ts";
import { accepts, leading, parts, put, record } from "./testParts.ts";

const many = (count: number, fields: Partial<TimeRecord> = {}): readonly TimeRecord[] =>
  Array.from({ length: count }, (_, i) => record({ key: `k${i}`, ...fields }));

describe("pushAll", () => {
  it("run_server busy most of the time_is asked no more often, and nothing counts as refused", async () => {
    let asked = 0;
    const { store, sync } = await leading({
      push: async (_kind, body) => {
        asked += 1;
        if (asked % 5 !== 0) throw new ApiFailure("busy", "too many");
        return accepts(body);
      },
    });
    await put(store, ...many(8));
    for (let i = 1; i <= 4; i++) {
      sync.resume();
      await sync.run();
      expect([asked, store.outgoing("records").length]).toEqual([i, 8]);
    }
    sync.resume();
    await sync.run();
    expect([asked, store.outbox.value.size]).toEqual([5, 0]);
  });

  it("run_the function is switched off, an empty 404_every edit waits and is sent when it is on again", async () => {
    let isOff = true;
    const { store, sync } = await leading({
      push: async (_kind, body) => {
        if (isOff) throw new ApiFailure("refused", "404 Not Found");
        return accepts(body);
      },
    });
    await put(store, ...many(8));
    await sync.run();
    sync.resume();
    await sync.run();
    expect(store.outgoing("records").length).toBe(8);
    isOff = false;
    sync.resume();
    await sync.run();
    expect([store.outgoing("records").length, store.outbox.value.size]).toEqual([0, 0]);
  });

  it("run_2500 items_are three requests, each settled before the next", async () => {
    const waiting: number[] = [];
    const all = await leading({
      push: async (_kind, body) => {
        waiting.push(all.store.outbox.value.size);
        return accepts(body);
      },
    });
    await put(all.store, ...many(2500));
    await all.sync.run();
    expect(waiting).toEqual([2500, 1500, 500]);
  });

  it("run_a kind is refused as a whole_no more requests of that kind are tried", async () => {
    let requests = 0;
    const { store, sync } = await leading({
      push: async () => {
        requests += 1;
        throw new ApiFailure("notice", "Please pay.");
      },
    });
    await put(store, ...many(2500));
    await sync.run();
    expect(requests).toBe(1);
  });
});

describe("flush", () => {
  it("flush_much waits_sends what browsers carry together, settles it, and the rest waits", async () => {
    const sent: { kind: string; bytes: number; keepalive: boolean }[] = [];
    const { store } = await parts();
    await store.change({
      settings: many(100).map(({ key }) => ({
        key,
        change: () => ({ key, mt: 0, st: 0, value: "v".repeat(300) }),
      })),
    });
    await put(store, ...many(600, { ds: "d".repeat(100) }));
    const before = store.outbox.value.size;
    await flush(store, {
      push: async (kind, body, keepalive) => {
        sent.push({ kind, bytes: body.length, keepalive });
        return accepts(body);
      },
      pull: () => Promise.reject(new Error("not now")),
    });
    expect(sent).toMatchObject([
      { kind: "settings", keepalive: true },
      { kind: "records", keepalive: true },
    ]);
    const bytes = sent.reduce((sum, request) => sum + request.bytes, 0);
    expect(bytes).toBeLessThanOrEqual(60_000);
    expect(bytes).toBeGreaterThan(50_000);
    expect(store.outbox.value.size).toBeGreaterThan(0);
    expect(store.outbox.value.size).toBeLessThan(before);
  });

  it("flush_no room is left for the other kind_that kind rests", async () => {
    const kinds: string[] = [];
    const { store } = await parts();
    const long = (key: string) => ({ key, mt: 0, st: 0, value: "v".repeat(100) });
    await store.change({ settings: many(600).map(({ key }) => ({ key, change: () => long(key) })) });
    await put(store, record({ ds: "d".repeat(255) }));
    await flush(store, {
      push: async (kind, body) => {
        kinds.push(kind);
        return accepts(body);
      },
      pull: () => Promise.reject(new Error("not now")),
    });
    expect(kinds).toEqual(["settings"]);
  });

  it("flush_an item is larger than browsers let pass_the others of its kind are sent", async () => {
    const sent: { kind: string; bytes: number }[] = [];
    const { store } = await parts();
    await put(store, record({ key: "big", ds: "d".repeat(60_001) }), ...many(1000, { ds: "d".repeat(100) }));
    await flush(store, {
      push: async (kind, body) => {
        sent.push({ kind, bytes: body.length });
        return accepts(body);
      },
      pull: () => Promise.reject(new Error("not now")),
    });
    expect(sent).toMatchObject([{ kind: "records" }]);
    expect(sent[0]?.bytes).toBeGreaterThan(59_000);
    expect(sent[0]?.bytes).toBeLessThanOrEqual(60_000);
    expect(store.outbox.value.has("records/big")).toBe(true);
    expect(store.outbox.value.size).toBeLessThan(1001);
  });

  it("flush_fails_keeps the edit and says nothing", async () => {
    const { store, sync } = await parts({ push: () => Promise.reject(new ApiFailure("network", "no")) });
    await put(store, record());
    sync.flush();
    await Promise.resolve();
    expect(store.outgoing("records")).toHaveLength(1);
    expect(sync.status.value.phase).toBe("starting");
  });

  it("flush_again while the first is under way_sends nothing twice", async () => {
    let requests = 0;
    let answer = (_: PushAnswer): void => undefined;
    const { store, sync } = await parts({
      push: () => {
        requests += 1;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    await put(store, record());
    sync.flush();
    sync.flush();
    expect(requests).toBe(1);
    answer({ accepted: new Set(["a"]), failed: new Map() });
    await expect.poll(() => store.outbox.value.size).toBe(0);
    // The edit waits for its own transaction, by which time the first flush is over.
    await put(store, record());
    sync.flush();
    expect(requests).toBe(2);
  });
});
