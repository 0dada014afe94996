import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { isHidden, isRunning } from "../domain/record.ts";
import { put, receive, record, refuses, updates } from "../store/testParts.ts";
import { attempt } from "./attempt.ts";
import { correct } from "./correct.ts";
import { redo } from "./redo.ts";
import { actionFor, perform } from "./registry.ts";
import { stop } from "./stop.ts";
import { opened, running, starts } from "./testApp.ts";
import { undo } from "./undo.ts";

describe("undo", () => {
  it("perform_start that stopped another_lets that run again and hides the new one", async () => {
    const { app, inDatabase } = await opened();
    await put(app.store, running());
    await starts(app, "next");
    await perform(undo, app);
    const records = await inDatabase();
    expect(records.find(({ key }) => key === "a")).toMatchObject({ t1: 900, t2: 900, ds: "x" });
    expect(records.filter(({ ds }) => isHidden(ds))).toMatchObject([{ ds: "HIDDEN next" }]);
    expect(records.filter(isRunning)).toHaveLength(1);
    expect(app.announcement.value).toBe("Undone: Start");
  });

  it("perform_twice at once_undoes two steps, and redo both", async () => {
    const { app } = await opened();
    await starts(app);
    await perform(stop, app);
    await perform(undo, app);
    await perform(undo, app);
    expect(app.running.value).toEqual([]);
    await perform(redo, app);
    expect(app.running.value).toHaveLength(1);
    await perform(redo, app);
    expect(app.running.value).toEqual([]);
    expect(app.announcement.value).toBe("Done again: Stop");
  });

  it("perform_changed elsewhere meanwhile_says so and changes nothing", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(app.store, running());
    await perform(stop, app);
    await put(await reopened(), record({ t1: 900, t2: 950, ds: "theirs" }));
    await perform(undo, app);
    expect(app.notice.value?.text).toContain("Not undone: Stop.");
    expect(app.announcement.value).toBe("");
    expect(await inDatabase()).toMatchObject([{ t2: 950, ds: "theirs" }]);
    expect(undo.isEnabled(app)).toBe(false);
  });
});

describe("undo beside what was started elsewhere", () => {
  const theirs = running({ key: "theirs", ds: "theirs", mt: 5000, st: 50 });

  async function stoppedHereStartedThere() {
    const all = await opened();
    await put(all.app.store, running());
    await perform(stop, all.app);
    await receive(all.local, updates({ records: [theirs] }));
    return all;
  }

  it("perform_undo of a stop_leaves only the other running, and says so", async () => {
    const { app } = await stoppedHereStartedThere();
    await perform(undo, app);
    expect(app.running.value.map(({ key }) => key)).toEqual(["theirs"]);
    expect(app.notice.value?.text).toContain("It would run beside what was started since.");
    expect(undo.isEnabled(app)).toBe(true);
  });

  it("perform_undo of a change while it ran all along_is undone", async () => {
    const { app } = await opened();
    await put(app.store, running());
    await put(app.store, theirs);
    await app.history.change("action.correct", {
      records: [{ key: "a", change: () => running({ ds: "renamed" }) }],
    });
    await perform(undo, app);
    expect(app.store.records.get("a")?.ds).toBe("x");
  });

  it("perform_redo of a start_leaves only the other running", async () => {
    const { app, local } = await opened();
    await starts(app);
    await perform(undo, app);
    await receive(local, updates({ records: [theirs] }));
    await perform(redo, app);
    expect(app.running.value.map(({ key }) => key)).toEqual(["theirs"]);
  });
});

describe("actionFor", () => {
  /** As much of an element as is asked for. */
  class TestElement {
    readonly isField: boolean;
    constructor(isField: boolean) {
      this.isField = isField;
    }
    closest = (): unknown => (this.isField ? this : null);
  }
  beforeAll(() => void vi.stubGlobal("Element", TestElement));
  afterAll(() => void vi.unstubAllGlobals());

  const press = (fields: Partial<KeyboardEvent>) =>
    actionFor({ key: "z", target: null, ...fields } as unknown as KeyboardEvent, false);

  it.each([
    [{ ctrlKey: true }, undo],
    [{ metaKey: true }, undo],
    [{ ctrlKey: true, shiftKey: true, key: "Z" }, redo],
    [{ ctrlKey: true, repeat: true }, undo],
    [{ ctrlKey: true, altKey: true }, undefined],
    [{ ctrlKey: true, key: "s" }, undefined],
    [{ key: "s" }, undefined],
    [{}, undefined],
  ] as const)("actionFor_%j_is what the keys stand for, single ones being off", (fields, expected) => {
    const fully = {
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      repeat: false,
      ...fields,
    };
    expect(press(fully)).toBe(expected);
  });

  it.each([
    [true, undefined],
    [false, undo],
  ])("actionFor_a field has the focus: %s_leaves the field its own undo", (isField, expected) =>
    expect(press({ ctrlKey: true, shiftKey: false, target: new TestElement(isField) as never })).toBe(
      expected,
    ),
  );
});

describe("perform", () => {
  it("perform_server takes no changes_says so and changes nothing", async () => {
    const { app, sync, inDatabase } = await opened({
      push: () => Promise.reject(new ApiFailure("notice", "Under repair.", 0, "readonly")),
    });
    await put(app.store, running());
    sync.lead();
    await sync.run();
    await perform(stop, app);
    expect(app.notice.value?.text).toContain("takes no changes");
    expect((await inDatabase()).filter(isRunning)).toHaveLength(1);
  });

  it("perform_setting larger than the server takes_says by how much and changes nothing", async () => {
    const { app, local } = await opened();
    const change = () => ({ key: "note", mt: 0, st: 0, value: "x".repeat(8192) });
    const choosing = {
      records: [{ key: "a", change: () => running() }],
      settings: [{ key: "note", change }],
    };
    await attempt({ id: "choose", changesData: true }, app, async () => {
      await app.history.change("action.start", choosing);
    });
    expect(app.notice.value?.text).toContain("3 characters too long");
    expect([local.outgoing("records"), local.outgoing("settings")]).toEqual([[], []]);
  });

  it("perform_disk is full_says that", async () => {
    const { app } = await opened();
    app.history.change = () => Promise.reject(new DOMException("no", "QuotaExceededError"));
    await starts(app);
    expect(app.notice.value?.text).toContain("no more room");
  });
});

describe("correct", () => {
  async function refused() {
    const all = await opened();
    const { store } = all.app;
    await put(store, record({ ds: "long" }));
    await all.local.settle("records", all.local.outgoing("records"), refuses("a", "too long")("[]"));
    const entry = store.outbox.value.get("records/a");
    if (entry?.kind !== "records") throw new Error("It was refused.");
    return { ...all, entry };
  }

  it("correct_refused record_waits again with the new words, as a step", async () => {
    const { app, local, entry } = await refused();
    expect(await correct(app, entry, "short")).toBe(true);
    expect(local.outgoing("records")).toMatchObject([{ ds: "short", t1: 10, t2: 20 }]);
    expect(app.history.undoable.value).toBe("action.correct");
  });

  it("correct_another device changed the times later_keeps those", async () => {
    const { app, local, entry } = await refused();
    await receive(local, updates({ records: [record({ mt: 5000, st: 50, t2: 999, ds: "theirs" })] }));
    expect(await correct(app, entry, "short")).toBe(true);
    expect(local.outgoing("records")).toMatchObject([{ ds: "short", t2: 999, mt: 5001 }]);
  });

  it("correct_another tab stopped it meanwhile_it does not run again", async () => {
    const { app, local, entry, reopened } = await refused();
    const other = await reopened();
    await put(other, record({ ds: "long", t2: 950 }));
    await correct(app, entry, "short");
    expect(local.records.get("a")).toMatchObject({ ds: "short", t2: 950 });
  });

  it("correct_still too long_says so and changes nothing", async () => {
    const { app, local, entry } = await refused();
    expect(await correct(app, entry, "x".repeat(257))).toBe(false);
    expect(app.notice.value?.text).toContain("2 characters too long");
    expect(local.outgoing("records")).toEqual([]);
  });
});
