import { describe, expect, it } from "vitest";
import { opened, running } from "../actions/testApp.ts";
import { NOTHING_YET, type SyncReport } from "../store/status.ts";
import { put } from "../store/testParts.ts";
import { type AskedKeeper, askAboutLongRunning, forgetAsked } from "./longRunning.ts";
import { openNewRecord } from "./open.ts";

const HOUR = 3600;
const NOON = new Date(2026, 10, 20, 12).getTime() / 1000;

function keeper(): AskedKeeper {
  let kept: string | null = null;
  return {
    getItem: () => kept,
    setItem: (_key, value) => {
      kept = value;
    },
  };
}

const HEARD: SyncReport = { ...NOTHING_YET, status: { phase: "done" } };

async function withRunning(startedAt: number) {
  const all = await opened();
  all.clock.now = NOON;
  await put(all.local, running({ t1: startedAt, t2: startedAt }));
  return all;
}

describe("askAboutLongRunning", () => {
  it.each([
    ["for 13 hours", NOON - 13 * HOUR, 1],
    ["for 4 hours", NOON - 4 * HOUR, 0],
  ])(
    "open_with a record that runs %s_asks as often as due, after the server was heard",
    async (_for, t1, times) => {
      const { app, sync } = await withRunning(t1);
      askAboutLongRunning(app, keeper());
      expect(app.dialogs.open.value).toHaveLength(0);
      sync.hear(HEARD);
      expect(app.dialogs.open.value).toHaveLength(times);
    },
  );

  it("open_again_does not ask about the same record again", async () => {
    const { app, sync } = await withRunning(NOON - 13 * HOUR);
    const kept = keeper();
    sync.hear(HEARD);
    askAboutLongRunning(app, kept);
    app.dialogs.open.value[0]?.close();
    await Promise.resolve();
    askAboutLongRunning(app, kept);
    expect(app.dialogs.open.value).toHaveLength(0);
  });

  it("open_with a dialog that somebody asked for_does not lay another over it", async () => {
    const { app, sync } = await withRunning(NOON - 13 * HOUR);
    sync.hear(HEARD);
    openNewRecord(app);
    askAboutLongRunning(app, keeper());
    expect(app.dialogs.open.value).toHaveLength(1);
  });
});

describe("forgetAsked", () => {
  it("forgetAsked_signed out_leaves nothing of what was asked", async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const { app, sync } = await withRunning(NOON - 13 * HOUR);
    sync.report.value = HEARD;
    askAboutLongRunning(app, storage);
    expect(kept.size).toBe(1);
    forgetAsked(storage);
    expect(kept.size).toBe(0);
  });
});
