import { describe, expect, it } from "vitest";
import { databaseOf, keepWaiting, openDatabase } from "../store/database.ts";
import { LocalStore } from "../store/localStore.ts";
import { parts, put, receive, record, updates } from "../store/testParts.ts";
import { fileOf } from "./file.ts";
import { dropOld, forgetSignedOut, KEPT_MS, type NoteKeeper, noteSignedOut, signedOut } from "./notes.ts";

const NOW = 1_796_010_000_000;

function keeper(text?: string): NoteKeeper {
  const held = new Map(text === undefined ? [] : [["timetagger_unsent", text]]);
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

const exists = async (username: string): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === databaseOf(username));

describe("keepWaiting", () => {
  it("keepWaiting_some edits wait_leaves those alone, which are sent after the next sign-in", async () => {
    const { name, store } = await parts();
    await receive(store, updates({ records: [record({ key: "theirs", mt: 1, st: 50 })] }));
    await put(store, record({ ds: "mine" }));
    expect(await keepWaiting(name)).toMatchObject([{ key: "a", item: { ds: "mine" } }]);
    const again = await LocalStore.load(await openDatabase(name), {
      now: () => 2000,
      announce: () => undefined,
    });
    expect([...again.records.values()]).toMatchObject([{ key: "a", ds: "mine" }]);
    expect([await again.serverTime(), again.outgoing("records").length]).toEqual([0, 1]);
    expect(again.id).not.toBe(store.id);
  });
});

describe("notes", () => {
  it("noteSignedOut_twice_holds the later of each", () => {
    const kept = keeper();
    noteSignedOut(kept, { username: "ada", at: NOW, count: 1 });
    noteSignedOut(kept, { username: "bob", at: NOW + 1, count: 2 });
    noteSignedOut(kept, { username: "ada", at: NOW + 2, count: 3 });
    expect(signedOut(kept).map(({ username, count }) => [username, count])).toEqual([
      ["ada", 3],
      ["bob", 2],
    ]);
    forgetSignedOut(kept, "ada");
    forgetSignedOut(kept, "bob");
    expect(kept.getItem("timetagger_unsent")).toBeNull();
  });

  it.each(["", "no JSON", "{}", "[1, null, {}]"])("signedOut_of %j_is nobody", (text) =>
    expect(signedOut(keeper(text))).toEqual([]),
  );

  it.each([
    ["a day later", KEPT_MS, false],
    ["a moment before that", KEPT_MS - 1, true],
    ["before it happened, by a clock that was set back", -1, true],
  ])("dropOld_%s_is there: %s", async (_, later, isThere) => {
    const kept = keeper();
    const username = `somebody ${later}`;
    (await openDatabase(databaseOf(username))).close();
    noteSignedOut(kept, { username, at: NOW, count: 1 });
    await dropOld(kept, NOW + later);
    expect([await exists(username), signedOut(kept).length]).toEqual([isThere, isThere ? 1 : 0]);
  });
});

describe("fileOf", () => {
  it("fileOf_edits_is what the server takes", () => {
    const item = record({ mt: 5 });
    const setting = { key: "s", mt: 6, st: 0, value: { n: 1 } };
    const text = fileOf([
      { kind: "records", key: "a", item, refused: null },
      { kind: "settings", key: "s", item: setting, refused: "no" },
    ]);
    expect(JSON.parse(text)).toEqual({ records: [item], settings: [setting] });
  });
});
