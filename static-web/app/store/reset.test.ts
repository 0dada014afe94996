import { describe, expect, it } from "vitest";
import { accepts, leading, put, record, updates } from "./testParts.ts";

describe("a reset's answer that comes late", () => {
  it("receive_what was accepted since the question_is still there, and another sync follows", async () => {
    let times = 0;
    const { store, sync, timer } = await leading({
      pull: async () => {
        // While the answer is on its way there is an edit, the page is hidden, and what waits is sent and taken.
        if (times++ === 0) {
          await put(store, record({ ds: "mine" }));
          const mine = store.outgoing("records");
          await store.settle("records", mine, accepts(JSON.stringify(mine)));
        }
        return updates({ reset: true, records: [record({ ds: "before", mt: 1, st: 50 })] });
      },
    });
    await sync.run();
    expect([store.records.get("a")?.ds, await store.serverTime(), timer.pending?.ms]).toEqual([
      "mine",
      0,
      100,
    ]);
    await sync.run();
    expect([store.records.get("a")?.ds, await store.serverTime()]).toEqual(["before", 100]);
  });

  it("receive_another tab has pulled since the question_is not taken", async () => {
    const { store, reopened } = await leading();
    const other = await reopened();
    const question = await store.question();
    const later = updates({
      reset: true,
      serverTime: 300,
      records: [record({ ds: "later", mt: 1, st: 250 })],
    });
    expect(await other.receive(later, await other.question())).toBe(false);
    expect(await store.receive(updates({ reset: true, serverTime: 200 }), question)).toBe(true);
    await store.catchUp();
    expect([store.records.get("a")?.ds, await store.serverTime()]).toEqual(["later", 300]);
  });

  it("receive_overtaken again and again_is taken the third time, and what it leaves out comes with the next pull", async () => {
    const { store } = await leading();
    const answer = updates({ reset: true, serverTime: 200 });
    const met: [isTaken: boolean, isMoreNeeded: boolean][] = [];
    for (let i = 0; i < 4; i++) {
      const question = await store.question();
      await put(store, record({ ds: `${i}` }));
      const mine = store.outgoing("records");
      await store.settle("records", mine, accepts(JSON.stringify(mine)));
      const isMoreNeeded = await store.receive(answer, question);
      met.push([store.records.size === 0, isMoreNeeded]);
    }
    expect(met).toEqual([
      [false, true],
      [false, true],
      [true, true],
      [false, true],
    ]);
  });
});
