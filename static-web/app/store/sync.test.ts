import { describe, expect, it, vi } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { retryDelay } from "./sync.ts";
import { accepts, parts, put, record, updates } from "./testParts.ts";

describe("Sync", () => {
  it("run_accepted edit_leaves the outbox and is confirmed by the pull", async () => {
    const confirmed = record({ mt: 1000, st: 90 });
    const { store, sync } = await parts({ pull: async () => updates({ records: [confirmed] }) });
    await put(store, record());
    await sync.run();
    expect(store.outbox.value.size).toBe(0);
    expect(store.records.get("a")).toEqual(confirmed);
    expect(sync.status.value).toEqual({ phase: "done" });
  });

  it("run_edit during the push_stays queued", async () => {
    const { store, sync } = await parts({
      push: async (_kind, body) => {
        await put(store, record({ ds: "second" }));
        return accepts(body);
      },
    });
    await put(store, record({ ds: "first" }));
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
            await put(store, record());
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
    await put(store, record());
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
    await put(store, record({ ds: "mine" }));
    await sync.run();
    await sync.run();
    expect(bodies).toHaveLength(1);
    expect(store.records.get("a")?.ds).toBe("mine");
    expect(store.outbox.value.get("records/a")?.refused).toBe("too long");
    await put(store, record({ ds: "shorter" }));
    await sync.run();
    expect(bodies).toHaveLength(2);
  });

  it("run_key that the answer does not name_stays queued", async () => {
    const { store, sync } = await parts({ push: async () => ({ accepted: new Set(), failed: new Map() }) });
    await put(store, record());
    await sync.run();
    expect(store.outbox.value.size).toBe(1);
  });

  it.each([
    ["revoked", 1],
    ["unauthorized", 0],
  ] as const)("run_%s_stops and leaves for the sign-out page %d times", async (kind, times) => {
    const { sync, left } = await parts({
      pull: async () => {
        throw new ApiFailure(kind, "text");
      },
    });
    await sync.run();
    expect(sync.status.value).toEqual({ phase: "signedOut", text: "text" });
    expect(left.times).toBe(times);
  });

  it("retryDelay_grows from 2 s to 5 min", () => {
    expect(retryDelay(1, 0)).toBe(2000);
    expect(retryDelay(1, 1)).toBe(4000);
    expect(retryDelay(30, 1)).toBe(300_000);
  });
});
