import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { TimeRecord } from "../domain/record.ts";
import { DeviceSettings } from "../settings/device.ts";
import { MemoryStore, stillSync } from "../store/memoryStore.ts";
import { record } from "../store/testParts.ts";
import { createContext } from "./context.ts";

/** The app over a store in memory, at a local moment that can be moved. */
function at(local: string) {
  const now = signal(0);
  const go = (moment: string): void => {
    now.value = new Date(moment).getTime() / 1000;
  };
  go(local);
  const clock = (): number => now.value;
  const store = new MemoryStore(clock);
  const device = new DeviceSettings({ getItem: () => null, setItem: () => undefined });
  const app = createContext(store, stillSync(), device, { clock, now, milliseconds: () => 0 });
  const set = (snap: string, end = ""): void =>
    store.add(
      [],
      [
        { key: "today_snap_offset", mt: 0, st: 1, value: snap },
        { key: "today_end_offset", mt: 0, st: 1, value: end },
      ],
    );
  const shown = (): readonly string[] =>
    [app.day.value.from, app.day.value.to].map((time) =>
      new Date(time * 1000).toLocaleString("sv-SE").slice(0, 16),
    );
  return { app, store, set, shown, go };
}

const keys = (records: readonly TimeRecord[]): readonly string[] => records.map(({ key }) => key);

describe("day", () => {
  it.each([
    ["2026-11-18T10:00", "", "", ["2026-11-18 00:00", "2026-11-19 00:00"]],
    ["2026-11-18T10:00", "6h", "", ["2026-11-18 06:00", "2026-11-19 06:00"]],
    ["2026-11-18T03:00", "6h", "", ["2026-11-17 06:00", "2026-11-18 06:00"]],
    ["2026-11-18T10:00", "8h", "-12h", ["2026-11-18 08:00", "2026-11-18 20:00"]],
    // Not the day that ended at 21:00 (L14).
    ["2026-11-18T22:30", "-3h", "", ["2026-11-18 21:00", "2026-11-19 21:00"]],
    ["2026-11-18T20:30", "-3h", "", ["2026-11-17 21:00", "2026-11-18 21:00"]],
    ["2026-11-18T10:00", "yesterday", "-3h", ["2026-11-18 00:00", "2026-11-19 00:00"]],
  ])("day_at %s with %j and %j_is %j", (now, snap, end, expected) => {
    const { set, shown } = at(now);
    set(snap, end);
    expect(shown()).toEqual(expected);
  });

  it("day_time passes or the setting changes_follows, and is the same meanwhile", () => {
    const { app, set, shown, go } = at("2026-11-18T05:59:58");
    const plain = app.day.value;
    go("2026-11-18T05:59:59");
    expect(app.day.value).toBe(plain);
    set("6h");
    expect(shown()).toEqual(["2026-11-17 06:00", "2026-11-18 06:00"]);
    go("2026-11-18T06:00");
    expect(shown()).toEqual(["2026-11-18 06:00", "2026-11-19 06:00"]);
  });
});

describe("today and running", () => {
  const noon = new Date("2026-11-18T12:00").getTime() / 1000;
  const HOUR = 3600;

  it("today_records of other days, deleted and running ones_has the day's, newest first", async () => {
    const { app, store } = at("2026-11-18T12:00");
    store.add([
      record({ key: "yesterday", t1: noon - 14 * HOUR, t2: noon - 12 * HOUR }),
      record({ key: "over midnight", t1: noon - 14 * HOUR, t2: noon - 12 * HOUR + 1 }),
      record({ key: "deleted", t1: noon - HOUR, t2: noon, ds: "HIDDEN x" }),
      record({ key: "later", t1: noon + HOUR, t2: noon + HOUR + 1 }),
      record({ key: "runs", t1: noon - HOUR, t2: noon - HOUR }),
      record({ key: "runs since long", t1: 5, t2: 5 }),
    ]);
    expect(keys(app.today.value)).toEqual(["later", "runs", "over midnight", "runs since long"]);
    expect(keys(app.running.value)).toEqual(["runs", "runs since long"]);
    await store.change({ records: [{ key: "runs", change: (one) => one && { ...one, t2: noon } }] });
    expect(keys(app.running.value)).toEqual(["runs since long"]);
    expect(keys(app.today.value)).toContain("runs");
  });

  it("today_the second in which the day begins_has what runs", () => {
    const { app, store } = at("2026-11-18T00:00");
    store.add([record({ key: "runs", t1: 5, t2: 5 })]);
    expect(keys(app.today.value)).toEqual(["runs"]);
  });

  it("today_an edit among 50,000 records_looks at a few of them", async () => {
    const { app, store } = at("2026-11-18T12:00");
    store.add(
      Array.from({ length: 50_000 }, (_, i) =>
        record({ key: `r${i}`, t1: noon - i * HOUR, t2: noon - i * HOUR + 1800 }),
      ),
    );
    expect(app.today.value).toHaveLength(13);
    const before = app.facts.cost;
    await store.change({ records: [{ key: "r3", change: (one) => one && { ...one, ds: "other" } }] });
    expect(app.today.value.find(({ key }) => key === "r3")?.ds).toBe("other");
    expect(app.running.value).toEqual([]);
    const after = app.facts.cost;
    expect(after.records - before.records).toBeLessThan(100);
    expect(after.buckets - before.buckets).toBeLessThan(10);
  });
});
