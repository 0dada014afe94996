import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import type { TimeRecord } from "../domain/record.ts";
import type { Remote } from "./remote.ts";
import { accepts, leading, put, record } from "./testParts.ts";

const many = (count: number, prefix = "k"): readonly TimeRecord[] =>
  Array.from({ length: count }, (_, i) => record({ key: `${prefix}${i}` }));

type Item = Pick<TimeRecord, "key" | "ds">;

/** A server that does not take requests with some items in them, what it took, and the keys of each request. */
async function choking(kind: "malformed" | "server", bad: (item: Item) => boolean) {
  const server = { bad, isBusy: false, arrived: new Set<string>(), asked: [] as (readonly string[])[] };
  const push: Remote["push"] = async (_kind, body) => {
    const items = JSON.parse(body) as TimeRecord[];
    server.asked.push(items.map(({ key }) => key));
    if (server.isBusy) throw new ApiFailure("busy", "too many");
    if (items.some(server.bad)) throw new ApiFailure(kind, "no");
    for (const { key } of items) server.arrived.add(key);
    return accepts(body);
  };
  const all = await leading({ push });
  /** Syncs and returns how many pushes that took. */
  const run = async (): Promise<number> => {
    const before = server.asked.length;
    all.sync.resume();
    await all.sync.run();
    return server.asked.length - before;
  };
  const refused = (): readonly string[] =>
    [...all.store.outbox.value.values()].filter((entry) => entry.refused !== null).map(({ key }) => key);
  return { ...all, server, run, refused };
}

describe("items that make a request impossible", () => {
  it("run_one of a hundred_is found and marked, and all others are sent", async () => {
    const { store, sync, server, run } = await choking("malformed", ({ key }) => key === "k70");
    await put(store, ...many(100));
    await run();
    expect(server.arrived.size).toBe(99);
    expect([...store.outbox.value.values()]).toMatchObject([{ key: "k70", refused: "no" }]);
    expect(sync.status.value.phase).toBe("done");
  });

  it.each([
    [30, 2],
    [64, 4],
    [100, 6],
    [500, 22],
  ])("run_%d of them in front of 30 good ones_all good ones arrive in %d syncs", async (bad, syncs) => {
    const { store, server, run, refused, sync } = await choking("malformed", ({ key }) => key[0] === "b");
    await put(store, ...many(bad, "bad"), ...many(30, "good"));
    for (let i = 0; i < syncs; i++) {
      expect(await run()).toBeLessThan(70);
      // They are what is wrong, so nothing keeps the next sync.
      expect(sync.status.value).toEqual({ phase: "done" });
    }
    expect(server.arrived.size).toBe(30);
    expect(refused()).toHaveLength(bad);
    expect(await run()).toBe(0);
  });

  it("run_first of the others is taken_no more are tried, which the next sync sends together", async () => {
    const { store, server, run } = await choking("malformed", ({ key }) => key[0] === "b");
    await put(store, ...many(21, "bad"), ...many(30, "good"));
    await run();
    expect(server.arrived.size).toBe(1);
  });

  it.each(["in front", "behind"])(
    "run_500 of them around 30 good ones, most %s_all good ones arrive",
    async (where) => {
      const { store, server, run } = await choking("malformed", ({ key }) => key[0] === "b");
      const [front, behind] = where === "in front" ? [470, 30] : [30, 470];
      await put(store, ...many(front, "b"), ...many(30, "good"), ...many(behind, "b-"));
      let syncs = 0;
      for (; server.arrived.size < 30 && syncs < 60; syncs++) expect(await run()).toBeLessThan(100);
      expect(server.arrived.size).toBe(30);
      expect(syncs).toBeLessThan(30);
    },
  );

  it("run_all of 500, again and again_the server is what is wrong, and all wait", async () => {
    const { store, sync, run, refused } = await choking("malformed", () => true);
    await put(store, ...many(500));
    for (let i = 0; i < 30; i++) expect(await run()).toBeLessThan(60);
    expect(refused()).toEqual([]);
    expect(store.outgoing("records")).toHaveLength(500);
    expect(sync.status.value).toEqual({ phase: "trouble", text: "no" });
  });

  it("run_an edit after many that nobody took_is sent before them, and shows that they are what is wrong", async () => {
    const { store, server, run, refused } = await choking("malformed", ({ key }) => key !== "later");
    await put(store, ...many(100));
    for (let i = 0; i < 5; i++) await run();
    expect(refused()).toEqual([]);
    await put(store, record({ key: "later" }));
    const before = server.asked.length;
    await run();
    expect(server.asked[before]).toEqual(["later"]);
    expect(refused()).toHaveLength(20);
  });

  it("run_nobody takes any_each sync tries others than the last", async () => {
    const { store, server, run } = await choking("malformed", () => true);
    await put(store, ...many(100));
    const alone = new Set<string>();
    for (let i = 0; i < 4; i++) {
      server.asked.length = 0;
      await run();
      const tried = server.asked.filter((keys) => keys.length === 1).flat();
      expect(tried.filter((key) => alone.has(key))).toEqual([]);
      for (const key of tried) alone.add(key);
    }
    expect(alone.size).toBe(100);
    // Then those that were tried longest ago.
    for (const longest of [0, 20]) {
      server.asked.length = 0;
      await run();
      expect(server.asked.find((keys) => keys.length === 1)).toEqual([[...alone][longest]]);
    }
  });
});

describe("items at which the server fails", () => {
  const isPoison = ({ ds }: Item): boolean => ds === "poison";

  /** One among ten, after the sync that found out where the server fails. */
  async function suspected() {
    const all = await choking("server", isPoison);
    await put(all.store, ...many(10), record({ key: "bad", ds: "poison" }));
    for (let i = 0; i < 3; i++) expect([await all.run(), all.server.arrived.size]).toEqual([1, 0]);
    await all.run();
    expect(all.server.arrived.size).toBe(10);
    expect(all.sync.status.value).toEqual({ phase: "trouble", text: "no" });
    return all;
  }

  it("run_once while others are taken_is not marked", async () => {
    const { refused } = await suspected();
    expect(refused()).toEqual([]);
  });

  it("run_again while others are taken_is marked", async () => {
    const { store, sync, run, refused } = await suspected();
    await put(store, record({ key: "other" }));
    await run();
    expect(refused()).toEqual(["bad"]);
    expect(sync.status.value).toEqual({ phase: "done" });
  });

  it("run_again while nothing else waits_is not marked until something else is taken", async () => {
    const { store, run, refused } = await suspected();
    for (let i = 0; i < 3; i++) expect(await run()).toBe(1);
    expect(refused()).toEqual([]);
    await put(store, record({ key: "other" }));
    await run();
    expect(refused()).toEqual(["bad"]);
  });

  it("run_server takes it at the second try_it has arrived", async () => {
    const { store, sync, server, run } = await suspected();
    server.bad = () => false;
    await run();
    expect([store.outbox.value.size, sync.status.value.phase]).toEqual([0, "done"]);
  });

  it("run_changed in between_is another version, of which nothing is known", async () => {
    const { store, run, refused } = await suspected();
    await put(store, record({ key: "bad", ds: "poison" }), record({ key: "other" }));
    await run();
    expect(refused()).toEqual([]);
    await put(store, record({ key: "another" }));
    await run();
    expect(refused()).toEqual(["bad"]);
  });

  it("run_a push in between said nothing about it_the two do not count as one after the other", async () => {
    const { store, server, run, refused } = await suspected();
    server.isBusy = true;
    await run();
    server.isBusy = false;
    await put(store, record({ key: "other" }));
    await run();
    expect(refused()).toEqual([]);
  });

  it("run_thirty of them in front of 30 good ones_all good ones arrive, and they are marked", async () => {
    const { store, server, run, refused } = await choking("server", isPoison);
    await put(store, ...many(30, "bad").map((item) => ({ ...item, ds: "poison" })), ...many(30, "good"));
    let syncs = 0;
    for (; server.arrived.size < 30 && syncs < 30; syncs++) expect(await run()).toBeLessThan(100);
    expect(server.arrived.size).toBe(30);
    expect(syncs).toBeLessThan(15);
    for (; refused().length < 30 && syncs < 30; syncs++) {
      await put(store, record({ key: `later${syncs}` }));
      await run();
    }
    expect(refused()).toHaveLength(30);
    expect(syncs).toBeLessThan(20);
  });

  it("run_others that are malformed end the search first_it goes on in the next sync", async () => {
    const arrived = new Set<string>();
    const { store, sync } = await leading({
      push: async (kind, body) => {
        if (kind === "settings") throw new ApiFailure("malformed", "too large");
        if (body.includes("poison")) throw new ApiFailure("server", "500");
        for (const key of accepts(body).accepted) arrived.add(key);
        return accepts(body);
      },
    });
    const run = (): Promise<void> => {
      sync.resume();
      return sync.run();
    };
    await put(store, record({ key: "bad", ds: "poison" }), ...many(10));
    for (let i = 0; i < 3; i++) await run();
    const setting = (key: string) => ({ key, change: () => ({ key, mt: 0, st: 0, value: 1 }) });
    await store.change({ settings: ["a", "b", "c"].map(setting) });
    await run();
    expect([arrived.size, sync.status.value]).toEqual([1, { phase: "trouble", text: "500" }]);
    expect(store.outgoing("settings")).toHaveLength(0);
    await run();
    expect(arrived.size).toBe(10);
  });

  it("run_all pushes fail again and again_it is asked little, and nothing counts as refused", async () => {
    const { store, sync, run, refused } = await choking("server", () => true);
    await put(store, ...many(500));
    for (let i = 0; i < 20; i++) expect(await run()).toBeLessThan(20);
    expect(refused()).toEqual([]);
    expect(store.outgoing("records")).toHaveLength(500);
    expect(sync.status.value).toEqual({ phase: "trouble", text: "no" });
  });
});
