import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { accepts, leading, put, record, refuses, updates } from "./testParts.ts";

describe("Sync", () => {
  it("run_accepted edit_leaves the outbox and is confirmed by the pull", async () => {
    const confirmed = record({ mt: 1000, st: 90 });
    const { store, sync } = await leading({ pull: async () => updates({ records: [confirmed] }) });
    await put(store, record());
    await sync.run();
    expect(store.outbox.value.size).toBe(0);
    expect(store.records.get("a")).toEqual(confirmed);
    expect(sync.status.value).toEqual({ phase: "done" });
  });

  it("run_edit during the push_stays queued", async () => {
    const { store, sync } = await leading({
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
    const all = await leading({
      pull: async () => {
        await put(all.store, record());
        all.sync.edited();
        return updates();
      },
    });
    await all.sync.run();
    expect(all.timer.pending?.ms).toBe(100);
  });

  it("edited_twice_does not put the push off", async () => {
    const { sync, timer } = await leading();
    await sync.run();
    sync.edited();
    const first = timer.pending;
    timer.ms = 50;
    sync.edited();
    expect(timer.pending).toBe(first);
  });

  it("run_pull with a reset_pushes the waiting edits, made anew, soon after", async () => {
    const bodies: string[] = [];
    const { store, sync, timer } = await leading({
      push: async (_kind, body) => {
        bodies.push(body);
        // Before the pull the server wants the edit later than its reset.
        return bodies.length === 1 ? refuses("a", "old")(body) : accepts(body);
      },
      pull: async () => updates({ serverTime: 2000, reset: bodies.length === 1 }),
    });
    await put(store, record());
    await sync.run();
    expect(timer.pending?.ms).toBe(100);
    await sync.run();
    expect(JSON.parse(bodies[1] ?? "")).toMatchObject([{ key: "a", mt: 2000 }]);
    expect(store.outbox.value.size).toBe(0);
  });

  it("run_push fails_keeps the edit", async () => {
    const { store, sync, reopened } = await leading({
      push: async () => {
        throw new ApiFailure("network", "no route");
      },
    });
    await put(store, record());
    await sync.run();
    expect(sync.status.value.phase).toBe("offline");
    expect((await reopened()).outbox.value.size).toBe(1);
  });

  it.each([
    ["notice", "notice"],
    ["forbidden", "trouble"],
    ["refused", "trouble"],
    ["shape", "trouble"],
  ] as const)(
    "run_push is answered with %s_the rest still happens and the first is shown",
    async (kind, phase) => {
      const tried: string[] = [];
      const { store, sync } = await leading({
        push: async (pushed) => {
          tried.push(pushed);
          throw new ApiFailure(kind, `no ${pushed}`);
        },
        pull: async () => updates({ records: [record({ key: "theirs", mt: 1, st: 90 })] }),
      });
      await store.change({ settings: [{ key: "s", change: () => ({ key: "s", mt: 0, st: 0, value: 1 }) }] });
      await put(store, record());
      await sync.run();
      expect(tried).toEqual(["settings", "records"]);
      expect(store.records.has("theirs")).toBe(true);
      expect(store.outbox.value.size).toBe(2);
      expect(sync.status.value).toEqual({ phase, text: "no settings" });
    },
  );

  it.each([
    ["network", 0],
    ["unauthorized", 0],
    ["server", 60],
    ["busy", 0],
  ] as const)("run_push fails by %s, to be asked again in %d s_ends at once", async (kind, seconds) => {
    const tried: string[] = [];
    const { store, sync } = await leading({
      push: async (pushed) => {
        tried.push(pushed);
        throw new ApiFailure(kind, "text", seconds);
      },
      pull: async () => {
        tried.push("pull");
        return updates();
      },
    });
    await store.change({ settings: [{ key: "s", change: () => ({ key: "s", mt: 0, st: 0, value: 1 }) }] });
    await put(store, record());
    await sync.run();
    expect(tried).toEqual(["settings"]);
  });

  it("run_server fails at a push_the pull goes on", async () => {
    let pulls = 0;
    const { store, sync, timer } = await leading({
      push: () => Promise.reject(new ApiFailure("server", "500")),
      pull: async () => updates({ serverTime: ++pulls }),
    });
    await put(store, record());
    await sync.run();
    expect([pulls, sync.status.value.phase]).toEqual([1, "trouble"]);
    // As soon as after any failure, not only when there may be news.
    expect(timer.pending?.ms).toBe(2000);
  });

  it("edited and flush_server named a time for the next push_wait for it, unless the person asks", async () => {
    const pushed: string[] = [];
    const { store, sync, timer } = await leading({
      push: async (_kind, body) => {
        pushed.push(body);
        if (pushed.length === 1) throw new ApiFailure("forbidden", "no", 3600);
        return accepts(body);
      },
    });
    await put(store, record());
    await sync.run();
    sync.edited();
    timer.ms = 3_599_000;
    await sync.run();
    sync.flush();
    expect(pushed).toHaveLength(1);
    sync.syncNow();
    await sync.run();
    expect(pushed).toHaveLength(2);
  });

  it("run_push is refused again and again_pushes back off, pulls go on and the words stay", async () => {
    const tried: string[] = [];
    const shown: string[] = [];
    const { store, sync, timer } = await leading({
      push: async (pushed) => {
        tried.push(pushed);
        throw new ApiFailure("notice", "Please pay.");
      },
      pull: async () => {
        tried.push("pull");
        return updates();
      },
    });
    await put(store, record());
    await sync.run();
    const stopWatching = sync.status.subscribe(({ phase }) => shown.push(phase));
    timer.ms = 1999;
    await sync.run();
    timer.ms = 2000;
    await sync.run();
    stopWatching();
    expect(tried).toEqual(["records", "pull", "pull", "records", "pull"]);
    expect(new Set(shown)).toEqual(new Set(["notice"]));
  });

  it("run_server out of reach again and again_stays offline until the person asks, and never says it is saving", async () => {
    const { sync } = await leading({ pull: () => Promise.reject(new ApiFailure("network", "gone")) });
    const shown: string[] = [];
    const stopWatching = sync.status.subscribe(({ phase }) => shown.push(phase));
    for (let i = 0; i < 3; i++) await sync.run();
    expect(new Set(shown)).toEqual(new Set(["starting", "offline"]));
    sync.syncNow();
    await sync.run();
    stopWatching();
    expect(shown.slice(-2)).toEqual(["busy", "offline"]);
  });

  it("run_new edit after a refused push_is tried without the pause", async () => {
    const bodies: string[] = [];
    const { store, sync } = await leading({
      push: async (_kind, body) => {
        bodies.push(body);
        if (bodies.length === 1) throw new ApiFailure("refused", "too large");
        return accepts(body);
      },
    });
    await put(store, record());
    await sync.run();
    await put(store, record({ ds: "shorter" }));
    sync.edited();
    await sync.run();
    expect(bodies).toHaveLength(2);
    expect(sync.status.value).toEqual({ phase: "done" });
  });

  it("run_refused edit_is kept with the reason and not pushed again until it changes", async () => {
    const bodies: string[] = [];
    const { store, sync } = await leading({
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
    const { store, sync } = await leading({ push: async () => ({ accepted: new Set(), failed: new Map() }) });
    await put(store, record());
    await sync.run();
    expect(store.outbox.value.size).toBe(1);
  });

  it.each([
    ["revoked", 1],
    ["unauthorized", 0],
  ] as const)("run_%s_stops and leaves for the sign-out page %d times", async (kind, times) => {
    const { sync, left } = await leading({
      pull: async () => {
        throw new ApiFailure(kind, "text");
      },
    });
    await sync.run();
    expect(sync.status.value).toEqual({ phase: "signedOut", text: "text" });
    expect(left.times).toBe(times);
  });
});
