import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHidden } from "../domain/record.ts";
import { History, ReadOnlyError } from "./history.ts";
import { type AppStore, contentOf } from "./store.ts";
import { parts, put, receive, record, updates } from "./testParts.ts";

async function opened() {
  const all = await parts();
  const history = new History<string>(all.store);
  /** Writes a record as a step. */
  const write = async (name: string, key: string, ds: string) =>
    history.change(name, {
      records: [{ key, change: (current) => ({ ...(current ?? record({ key })), ds }) }],
    });
  return { ...all, history, write };
}

describe("History", () => {
  it("undo_edit of a record_is a new edit with what was there before", async () => {
    const { store, history, write, reopened } = await opened();
    await receive(store, updates({ records: [record({ mt: 5, st: 50, ds: "before" })] }));
    await write("rename", "a", "after");
    expect(await history.undo()).toEqual({ name: "rename", result: "done", left: 0 });
    expect((await reopened()).outbox.value.get("records/a")?.item).toMatchObject({ mt: 1001, ds: "before" });
  });

  it("change, undo and redo_server takes no changes_throw and change nothing", async () => {
    const { store } = await parts();
    const state = { isReadOnly: false };
    const history = new History<string>(store, {
      absent: () => undefined,
      isReadOnly: () => state.isReadOnly,
      running: () => [],
    });
    const make = (ds: string) =>
      history.change("make", { records: [{ key: "a", change: () => record({ ds }) }] });
    await make("first");
    await make("second");
    await history.undo();
    state.isReadOnly = true;
    for (const work of [() => make("third"), () => history.undo(), () => history.redo()])
      await expect(work()).rejects.toThrow(ReadOnlyError);
    expect(store.records.get("a")?.ds).toBe("first");
    state.isReadOnly = false;
    await history.redo();
    expect(store.records.get("a")?.ds).toBe("second");
  });

  it("undo_new record_is deleted, and redo brings it back as it was", async () => {
    const { store, history } = await opened();
    const running = record({ t1: 10, t2: 10, ds: "new" });
    await history.change("start", { records: [{ key: "a", change: () => running }] });
    await history.undo();
    expect(store.records.get("a")).toMatchObject({ ds: "HIDDEN new", t1: 10, t2: 11 });
    expect([history.undoable.value, history.redoable.value]).toEqual([null, "start"]);
    await history.redo();
    expect(store.records.get("a")).toMatchObject({ ds: "new", t1: 10, t2: 10, mt: 1002 });
    expect([history.undoable.value, history.redoable.value]).toEqual(["start", null]);
  });

  it("undo_longest description_stays within what the server takes", async () => {
    const { store, history, write } = await opened();
    await write("new", "a", "🙂".repeat(255));
    await history.undo();
    const ds = store.records.get("a")?.ds ?? "";
    expect([isHidden(ds), [...ds].length]).toEqual([true, 255]);
  });

  it("undo_somebody else has changed one of the items_undoes nothing and forgets the step", async () => {
    const { store, history } = await opened();
    const keys = ["a", "b"];
    await history.change("both", { records: keys.map((key) => ({ key, change: () => record({ key }) })) });
    await receive(store, updates({ records: [record({ key: "b", mt: 2000, st: 50, ds: "theirs" })] }));
    expect(await history.undo()).toEqual({ name: "both", result: "nothing" });
    expect([store.records.get("a")?.ds, store.records.get("b")?.ds]).toEqual(["x", "theirs"]);
    expect([history.undoable.value, history.redoable.value]).toEqual([null, null]);
  });

  it("undo_separable step_leaves what somebody else has changed, and says so", async () => {
    const { store, history } = await opened();
    const records = ["a", "b"].map((key) => ({ key, change: () => record({ key }) }));
    await history.change("import", { records }, true);
    await receive(store, updates({ records: [record({ key: "b", mt: 2000, st: 50, ds: "theirs" })] }));
    expect(await history.undo()).toEqual({ name: "import", result: "done", left: 1 });
    expect([store.records.get("a")?.ds, store.records.get("b")?.ds]).toEqual(["HIDDEN x", "theirs"]);
  });

  it("undo_another tab has changed it a moment ago_is seen although this tab was not told", async () => {
    const { history, write, reopened } = await opened();
    await write("mine", "a", "mine");
    await put(await reopened(), record({ ds: "theirs" }));
    expect(await history.undo()).toEqual({ name: "mine", result: "nothing" });
  });

  it("undo_confirmed by the server meanwhile_is no change by somebody else", async () => {
    const { store, history, write } = await opened();
    await write("mine", "a", "mine");
    await receive(store, updates({ records: [record({ mt: 1000, st: 50, ds: "mine" })] }));
    expect(await history.undo()).toMatchObject({ result: "done" });
  });

  it("undo_clock that went back_still wins over what it undoes", async () => {
    const { store, history, write, clock } = await opened();
    await write("new", "a", "new");
    clock.now = 10;
    await history.undo();
    expect(store.records.get("a")?.mt).toBe(1001);
  });

  it("change_after an undo_forgets what could be done again", async () => {
    const { history, write } = await opened();
    await write("one", "a", "one");
    await history.undo();
    await write("two", "b", "two");
    expect([history.undoable.value, history.redoable.value]).toEqual(["two", null]);
  });

  it("change_that writes nothing_is no step", async () => {
    const { history } = await opened();
    await history.change("nothing", { records: [{ key: "a", change: () => undefined }] });
    expect(history.undoable.value).toBeNull();
    expect(await history.undo()).toBeNull();
  });

  it("change_first choice of a setting_is no step, a later one is", async () => {
    const { store, history } = await opened();
    const choose = (value: number) =>
      history.change("choose", {
        settings: [{ key: "s", change: () => ({ key: "s", mt: 0, st: 0, value }) }],
      });
    await choose(1);
    expect(history.undoable.value).toBeNull();
    await choose(2);
    await history.undo();
    expect(store.settings.get("s")?.value).toBe(1);
  });

  it("change_101 steps_keeps the last 100", async () => {
    const { history, write } = await opened();
    for (let i = 0; i <= 100; i++) await write(`${i}`, "a", `${i}`);
    let undone = 0;
    while ((await history.undo()) !== null) undone += 1;
    expect(undone).toBe(100);
  });

  it("undo_edit that cannot be stored_stays a step", async () => {
    const { store } = await parts();
    let isFull = false;
    const change: AppStore["change"] = (batch) =>
      isFull ? Promise.reject(new Error("full")) : store.change(batch);
    const history = new History<string>({ change } as AppStore);
    await history.change("new", { records: [{ key: "a", change: () => record() }] });
    isFull = true;
    await expect(history.undo()).rejects.toThrow("full");
    expect(history.undoable.value).toBe("new");
    isFull = false;
    expect(await history.undo()).toMatchObject({ result: "done" });
  });

  it("undo and redo_any steps_come back to where they were", async () => {
    const step = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.string({ maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        const { store, history } = await opened();
        await receive(
          store,
          updates({ records: [record({ mt: 5, st: 50 }), record({ key: "b", mt: 6, st: 51 })] }),
        );
        const contents = () =>
          [...store.records.values()]
            .filter(({ ds }) => !isHidden(ds))
            .map((item) => `${item.key} ${contentOf(item)}`)
            .sort();
        const seen = [contents()];
        for (const edits of steps) {
          await history.change("step", {
            records: edits.map(([key, ds]) => ({
              key,
              change: (now) => ({ ...(now ?? record({ key })), ds }),
            })),
          });
          seen.push(contents());
        }
        for (let i = steps.length - 1; i >= 0; i--) {
          await history.undo();
          expect(contents()).toEqual(seen[i]);
        }
        for (let i = 1; i <= steps.length; i++) {
          await history.redo();
          expect(contents()).toEqual(seen[i]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("History beside what runs", () => {
  /** A store with a history that knows what runs in it. */
  async function running() {
    const { store } = await parts();
    const runs = () => [...store.records.values()].filter(({ t1, t2, ds }) => t1 === t2 && !isHidden(ds));
    const history = new History<string>(store, {
      absent: () => undefined,
      isReadOnly: () => false,
      running: runs,
    });
    const start = (key: string) =>
      history.change(`start ${key}`, { records: [{ key, change: () => record({ key, t2: 10 }) }] });
    const end = (key: string) =>
      history.change(`end ${key}`, {
        records: [{ key, change: (current) => current && { ...current, ds: `HIDDEN ${current.ds}` } }],
      });
    return { store, history, start, end, runs: () => runs().map(({ key }) => key) };
  }

  it("undo_of what ran beside another that runs still_runs again", async () => {
    const { history, start, end, runs } = await running();
    await start("one");
    await start("two");
    await end("one");
    expect(await history.undo()).toMatchObject({ result: "done" });
    expect(runs()).toEqual(["one", "two"]);
  });

  it("redo_of a start beside another_is done", async () => {
    const { history, start, runs } = await running();
    await start("one");
    await start("two");
    await history.undo();
    expect(await history.redo()).toMatchObject({ result: "done" });
    expect(runs()).toEqual(["one", "two"]);
  });

  it("undo_something else was started since_is refused, and done once that is over", async () => {
    const { store, history, start, end } = await running();
    await start("one");
    await end("one");
    await put(store, record({ key: "theirs", t2: 10 }));
    expect(await history.undo()).toEqual({ name: "end one", result: "blocked" });
    expect(history.undoable.value).toBe("end one");
    await put(store, record({ key: "theirs", t2: 20 }));
    expect(await history.undo()).toMatchObject({ result: "done" });
  });
});
