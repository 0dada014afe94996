import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import { type Database, deleteDatabase, openDatabase } from "./database.ts";
import { LocalStore } from "./localStore.ts";
import { forgetMark, type Keeper, keepMark, readMark, writeMark } from "./marker.ts";
import { recover } from "./recovery.ts";
import { leading, parts, put, receive, record, updates } from "./testParts.ts";

/** What a browser keeps beside its databases. */
function keeper(): Keeper & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

/** A database that does something before each transaction. */
const intercepted = (db: Database, before: () => void): Database =>
  new Proxy(db, {
    get(target, property) {
      if (property === "transaction") before();
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

/** A store that the browser has emptied after `count` edits, and what was remembered of it. */
async function emptied(count: number) {
  const all = await parts();
  await receive(all.store, updates({ records: [record({ key: "theirs", mt: 1, st: 50 })] }));
  const edits = Array.from({ length: count }, (_, i) => record({ key: `k${i}`, ds: `${i}` }));
  if (count > 0) await put(all.store, ...edits);
  const beside = keeper();
  writeMark(beside, "ada", { id: all.store.id, lastSync: 77 }, all.store.outbox.value);
  await deleteDatabase(all.name);
  return { ...all, beside, store: await all.reopened() };
}

describe("recover", () => {
  it("recover_database was emptied_puts back what waited and says so", async () => {
    const { store, beside } = await emptied(2);
    expect(store.records.size).toBe(0);
    expect(await recover(store, readMark(beside, "ada"))).toEqual({ restored: 2, lost: 0, lastSync: 77 });
    expect(store.outgoing("records")).toMatchObject([
      { ds: "0", mt: 1000 },
      { ds: "1", mt: 1000 },
    ]);
    expect(await store.serverTime()).toBe(0);
  });

  it("recover_more waited than there was room for_says how many are lost", async () => {
    const { store, beside } = await emptied(130);
    expect(await recover(store, readMark(beside, "ada"))).toMatchObject({ restored: 100, lost: 30 });
  });

  it("recover_nothing waited_says that the database was emptied, and nothing else", async () => {
    const { store, beside } = await emptied(0);
    expect(await recover(store, readMark(beside, "ada"))).toMatchObject({ restored: 0, lost: 0 });
  });

  it("recover_same database, or none was here before_is nothing to tell", async () => {
    const { store } = await parts();
    const beside = keeper();
    expect(await recover(store, readMark(beside, "ada"))).toBeNull();
    writeMark(beside, "ada", { id: store.id, lastSync: null }, store.outbox.value);
    expect(await recover(store, readMark(beside, "ada"))).toBeNull();
  });

  it("recover_a later edit waits already_is not overwritten", async () => {
    const { store, beside, clock } = await emptied(1);
    clock.now = 2000;
    await put(store, record({ key: "k0", ds: "later" }));
    await recover(store, readMark(beside, "ada"));
    expect(store.records.get("k0")?.ds).toBe("later");
  });

  it("forgetMark_signed out_leaves nothing of anybody's data", async () => {
    const { store, beside } = await emptied(1);
    forgetMark(beside, "ada");
    expect(beside.held.size).toBe(0);
    expect(await recover(store, readMark(beside, "ada"))).toBeNull();
  });

  it.each(["", "{", "null", "7", '{"id":1}', '{"id":"a","count":1,"waiting":7}'])(
    "readMark_%j_is none",
    (text) => expect(readMark({ ...keeper(), getItem: () => text }, "ada")).toBeNull(),
  );

  it("readMark_entries that make no sense_are left out, and do no harm", async () => {
    const { store } = await parts();
    const text =
      '{"id":"x","count":3,"waiting":[null,{"kind":"records","key":"a"},{"kind":"no","key":"a","item":{"key":"a","mt":1}}]}';
    const mark = readMark({ ...keeper(), getItem: () => text }, "ada");
    expect(mark?.waiting).toEqual([]);
    expect(await recover(store, mark)).toEqual({ restored: 0, lost: 3, lastSync: null });
  });

  it("keepMark_the person signs out in another tab while this one still syncs_nothing is left", async () => {
    const { name, store } = await parts();
    const beside = keeper();
    const lastSync = signal<number | null>(1);
    keepMark(beside, "ada", store, () => lastSync.value);
    await put(store, record({ ds: "private" }));
    expect(readMark(beside, "ada")?.waiting).toHaveLength(1);
    store.closed("deleted");
    await deleteDatabase(name);
    forgetMark(beside, "ada");
    lastSync.value = 2;
    expect(beside.held.size).toBe(0);
  });

  it("keepMark_a tab that was not told of another's edit_does not forget it when a sync is reported", async () => {
    const { store, reopened } = await parts();
    const tab = await reopened();
    const beside = keeper();
    const lastSync = signal(1);
    const end = keepMark(beside, "ada", tab, () => lastSync.value);
    await put(store, record());
    lastSync.value = 2;
    await vi.waitFor(() => expect(readMark(beside, "ada")).toMatchObject({ lastSync: 2, count: 1 }));
    lastSync.value = 3;
    end();
    await tab.catchUp();
    expect(readMark(beside, "ada")?.lastSync).toBe(2);
  });

  it("writeMark_one edit is too large for it_is counted, and the others are kept", async () => {
    const { store } = await parts();
    const beside = keeper();
    await put(store, record({ key: "large", ds: "x".repeat(1_000_000) }), record({ key: "small" }));
    writeMark(beside, "ada", { id: "x", lastSync: null }, store.outbox.value);
    const mark = readMark(beside, "ada");
    expect([mark?.count, mark?.waiting.map(({ key }) => key)]).toEqual([2, ["small"]]);
  });

  it("writeMark_no room for edits_keeps their number, not an old mark", async () => {
    const { store } = await parts();
    const beside = keeper();
    const setItem = (key: string, value: string): void => {
      if (value.length > 60) throw new Error("full");
      beside.setItem(key, value);
    };
    await put(store, record());
    writeMark({ ...beside, setItem }, "ada", { id: "x", lastSync: null }, store.outbox.value);
    expect(readMark(beside, "ada")).toEqual({ id: "x", lastSync: null, count: 1, waiting: [] });
  });

  it("writeMark_nothing more can be kept_is no failure", () => {
    const full = () => {
      throw new Error("full");
    };
    writeMark({ ...keeper(), setItem: full }, "ada", { id: "x", lastSync: null }, new Map());
  });
});

describe("reopen", () => {
  it("reopen_what waits cannot be stored_is still in memory and in the mark, and the next try stores it", async () => {
    const { name, store } = await parts();
    const beside = keeper();
    keepMark(beside, "ada", store, () => 1);
    await put(store, record({ ds: "mine" }));
    await deleteDatabase(name);
    store.closed("lost");
    const db = await openDatabase(name);
    const full = intercepted(db, () => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(store.reopen(full)).rejects.toThrow("full");
    expect([store.outgoing("records").length, readMark(beside, "ada")?.waiting.length]).toEqual([1, 1]);
    expect(await store.reopen(db)).toBe(true);
    expect(readMark(beside, "ada")).toMatchObject({ id: store.id, count: 1 });
    const again = await LocalStore.load(db, { now: () => 1, announce: () => undefined });
    expect(again.outgoing("records")).toMatchObject([{ ds: "mine", mt: 1000 }]);
  });

  it("reopen_a change of the old database is heard afterwards_is not followed, and the tab goes on", async () => {
    const { name, store, announced, reopened } = await parts();
    const other = await reopened();
    for (let i = 0; i < 10; i++) await put(store, record({ ds: `${i}` }));
    await other.catchUp();
    await deleteDatabase(name);
    other.closed("lost");
    await other.reopen(await openDatabase(name));
    const last = announced.at(-1);
    if (last === undefined) throw new Error("Ten were announced.");
    await other.follow(last);
    await put(await reopened(), record({ key: "later", ds: "later" }));
    await other.catchUp();
    expect(other.records.get("later")?.ds).toBe("later");
  });

  it("reopen_browser took the database away_puts what waits, which is in memory, into the new one", async () => {
    const { name, store } = await parts();
    await receive(store, updates({ records: [record({ key: "theirs", mt: 1, st: 50 })] }));
    await put(store, record({ ds: "mine" }));
    await deleteDatabase(name);
    store.closed("lost");
    expect(await store.reopen(await openDatabase(name))).toBe(true);
    expect(store.health.value).toBe("open");
    const again = await LocalStore.load(await openDatabase(name), {
      now: () => 1,
      announce: () => undefined,
    });
    expect(again.outgoing("records")).toMatchObject([{ ds: "mine", mt: 1000 }]);
    expect(await again.serverTime()).toBe(0);
  });

  it("reopen_a pull is under way_its answer, which leaves out what came before, is not taken", async () => {
    const { name, store, sync, timer } = await leading({
      pull: async (since) => {
        if (since === 0) return updates({ records: [record({ key: "old", mt: 1, st: 50 })] });
        if (since === 100 && store.records.has("old")) {
          await deleteDatabase(name);
          store.closed("lost");
          await store.reopen(await openDatabase(name));
        }
        return updates({ serverTime: 200 });
      },
    });
    await sync.run();
    expect(store.records.has("old")).toBe(true);
    await sync.run();
    expect([store.records.has("old"), await store.serverTime(), timer.pending?.ms]).toEqual([false, 0, 100]);
    await sync.run();
    expect(store.records.has("old")).toBe(true);
  });

  it("reopen_changes of the old database are heard all the while_comes to an end", async () => {
    const { name, store, announced } = await parts();
    for (let i = 0; i < 10; i++) await put(store, record({ ds: `${i}` }));
    const last = announced.at(-1) ?? expect.fail("Ten were announced.");
    await deleteDatabase(name);
    store.closed("lost");
    const db = await openDatabase(name);
    let heard = 0;
    const talkative = intercepted(db, () => {
      // Its own look at the database is one transaction more.
      if (heard++ < 5) void store.follow(last).catch(() => undefined);
    });
    expect(await store.reopen(talkative)).toBe(true);
    expect(store.records.get("a")?.ds).toBe("9");
  });

  it("letGo_database is let go of_edits fail, others may delete it, and it can be opened again", async () => {
    const { name, store } = await parts();
    await put(store, record({ ds: "mine" }));
    store.letGo();
    expect(store.health.value).toBe("asleep");
    await expect(put(store, record({ ds: "lost" }))).rejects.toThrow();
    await deleteDatabase(name);
    expect(await store.reopen(await openDatabase(name))).toBe(true);
    expect([store.health.value, store.records.get("a")?.ds]).toEqual(["open", "mine"]);
  });

  it("reopen_database is still the same_goes on as before", async () => {
    const { name, store } = await parts();
    await put(store, record({ ds: "mine" }));
    store.closed("lost");
    expect(await store.reopen(await openDatabase(name))).toBe(false);
    await put(store, record({ ds: "again" }));
    expect(store.records.get("a")?.ds).toBe("again");
  });
});
