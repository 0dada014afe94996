import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import type { Remote } from "./remote.ts";
import { accepts, leading, put, record } from "./testParts.ts";

const MIB = 1024 * 1024;
const PATIENCE_MS = 40_000;

const timeout = () => new ApiFailure("network", "The server took too long.", 0, "", true);

/** A sync of so many records of some 300 bytes, over a line that carries so many bytes in a second. */
async function slowLine(records: number, bytesPerSecond: number) {
  const line = { bytesPerSecond };
  const sent: { readonly bytes: number; readonly items: number; readonly isTaken: boolean }[] = [];
  const push: Remote["push"] = async (_kind, body) => {
    const ms = (body.length / line.bytesPerSecond) * 1000;
    all.timer.ms += Math.min(ms, PATIENCE_MS);
    const isTaken = ms < PATIENCE_MS;
    sent.push({ bytes: body.length, items: accepts(body).accepted.size, isTaken });
    if (!isTaken) throw timeout();
    return accepts(body);
  };
  const all = await leading({ push });
  const add = (prefix: string) =>
    put(
      all.store,
      ...Array.from({ length: records }, (_, i) => record({ key: `${prefix}${i}`, ds: "d".repeat(230) })),
    );
  await add("k");
  const run = async (): Promise<void> => {
    all.sync.resume();
    await all.sync.run();
  };
  return { ...all, line, sent, add, run };
}

describe("pace", () => {
  it("run_1000 items on a slow line_arrive in a few syncs, and the person reads that there is no connection", async () => {
    const { store, sync, sent, run } = await slowLine(1000, 500);
    await run();
    expect(sync.status.value).toEqual({ phase: "offline" });
    for (let i = 0; i < 4 && store.outbox.value.size > 0; i++) await run();
    expect(store.outbox.value.size).toBe(0);
    expect(sync.status.value).toEqual({ phase: "done" });
    const [first, second, third] = sent;
    expect([first?.isTaken, second?.isTaken, third?.isTaken]).toEqual([false, false, true]);
    expect(second?.bytes).toBeLessThanOrEqual((first?.bytes ?? 0) / 4);
    expect(third?.bytes).toBeLessThanOrEqual((second?.bytes ?? 0) / 4);
    // On this line twice as much would be too much, so nothing else is given up.
    expect(sent.filter(({ isTaken }) => !isTaken)).toHaveLength(2);
  });

  it("run_line hardly carries anything_one item at a time arrives", async () => {
    const { store, sent, run } = await slowLine(20, 10);
    for (let i = 0; i < 5 && store.outbox.value.size > 0; i++) await run();
    expect(store.outbox.value.size).toBe(0);
    expect(sent.at(-1)).toMatchObject({ items: 1, isTaken: true });
    expect(sent.filter(({ isTaken }) => !isTaken)).toHaveLength(2);
  });

  it("run_line is fast again_requests double until they carry all they may", async () => {
    const { store, sent, line, add, run } = await slowLine(1000, 10);
    for (let i = 0; i < 6; i++) await run();
    line.bytesPerSecond = 100 * MIB;
    sent.length = 0;
    await add("more ");
    await run();
    expect(store.outbox.value.size).toBe(0);
    for (const [i, { bytes }] of sent.entries())
      if (i > 0) expect(bytes).toBeLessThanOrEqual(2 * (sent[i - 1]?.bytes ?? 0));
    expect(sent.length).toBeLessThan(16);
    await add("yet more ");
    await run();
    sent.length = 0;
    await add("and more ");
    await run();
    expect(sent.map(({ items }) => items)).toEqual([1000]);
  });

  it("run_no net_makes no request smaller", async () => {
    const items: number[] = [];
    const { store, sync } = await leading({
      push: async (_kind, body) => {
        items.push(accepts(body).accepted.size);
        if (items.length < 4) throw new ApiFailure("network", "Failed to fetch");
        return accepts(body);
      },
    });
    await put(store, ...Array.from({ length: 50 }, (_, i) => record({ key: `k${i}` })));
    for (let i = 0; i < 4; i++) {
      sync.resume();
      await sync.run();
    }
    expect(items).toEqual([50, 50, 50, 50]);
  });

  it("run_server's patience with the body is over_the next requests carry less", async () => {
    const items: number[] = [];
    const { store, sync } = await leading({
      push: async (_kind, body) => {
        items.push(accepts(body).accepted.size);
        if (items.length === 1) throw new ApiFailure("busy", "too slow", 0, "", true);
        return accepts(body);
      },
    });
    await put(store, ...Array.from({ length: 100 }, (_, i) => record({ key: `k${i}` })));
    await sync.run();
    expect(sync.status.value.phase).toBe("trouble");
    sync.resume();
    await sync.run();
    expect(items[1]).toBeLessThanOrEqual(25);
    expect(store.outbox.value.size).toBe(0);
  });
});
