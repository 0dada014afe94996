import { describe, expect, it } from "vitest";
import { deleteRecord } from "../actions/deleteRecord.ts";
import { opened, running } from "../actions/testApp.ts";
import { put, record } from "../store/testParts.ts";
import { RecordEditor } from "./editor.ts";
import { save } from "./save.ts";
import { at, atNoon, MORNING, NOON } from "./testEditor.ts";

describe("isChanged", () => {
  it("isChanged_until something differs, and when it does no more_is not", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    expect(editor.isChanged.value).toBe(false);
    editor.ds.value = "other";
    expect(editor.isChanged.value).toBe(true);
    editor.ds.value = "x";
    editor.type("stop", "11:00");
    expect(editor.isChanged.value).toBe(true);
    editor.type("stop", "10:00");
    expect(editor.isChanged.value).toBe(false);
  });

  it("isChanged_words that were never tidy and are tidied_is not", async () => {
    const { editorOf } = await atNoon(record({ ...MORNING, ds: "  Read #BOOKS " }));
    const editor = editorOf();
    editor.tidy();
    expect(editor.ds.value).not.toBe("  Read #BOOKS ");
    expect(editor.isChanged.value).toBe(false);
  });
});

describe("follow", () => {
  it("follow_words and start changed elsewhere, the stop here_keeps the stop and takes the others", async () => {
    const { app, editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.type("stop", "11:00");
    await put(app.store, record({ ...MORNING, t1: MORNING.t1 - 60, ds: "renamed" }));
    editor.follow();
    expect(editor.ds.value).toBe("renamed");
    expect(editor.form.value).toMatchObject({ t1: MORNING.t1 - 60, t2: at("2026-11-18T11:00") });
    expect(editor.elsewhere.value).toBe("changed");
    expect(editor.isChanged.value).toBe(true);
  });

  it("follow_times changed elsewhere, words here_keeps the words and takes the times", async () => {
    const { app, editorOf, inDatabase } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.ds.value = "mine";
    await put(app.store, record({ ...MORNING, t1: MORNING.t1 - 60, ds: "theirs" }));
    editor.follow();
    expect(editor.form.value.t1).toBe(MORNING.t1 - 60);
    expect(await save(editor)).toBe("saved");
    expect(await inDatabase()).toMatchObject([{ ds: "mine", t1: MORNING.t1 - 60 }]);
  });

  it("follow_another record_says nothing", async () => {
    const { app, editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    await put(app.store, record({ key: "b" }));
    editor.follow();
    expect(editor.elsewhere.value).toBeNull();
  });

  it("follow_deleted elsewhere_says so, and saving brings it back", async () => {
    const { app, editorOf, inDatabase } = await atNoon(record(MORNING));
    const editor = editorOf();
    await put(app.store, record({ ...MORNING, ds: "HIDDEN x" }));
    editor.follow();
    expect(editor.elsewhere.value).toBe("deleted");
    expect(editor.ds.value).toBe("x");
    await save(editor);
    expect(await inDatabase()).toMatchObject([{ ...MORNING, ds: "x" }]);
  });

  it("follow_what the dialog itself does_is no news", async () => {
    const { app, editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    await editor.act(async () => {
      await deleteRecord.perform(app, record(MORNING));
      editor.follow();
    });
    expect(editor.elsewhere.value).toBeNull();
  });
});

describe("surroundings", () => {
  it("surroundings_lastStop_is the last end of another within eight hours", async () => {
    const { app, editorOf } = await atNoon(
      record({ ...MORNING, t2: NOON - 60 }),
      record({ key: "b", ...MORNING }),
      record({ key: "c", t1: NOON - 600, t2: NOON + 600 }),
      record({ key: "d", t1: NOON - 600, t2: NOON - 30, ds: "HIDDEN" }),
    );
    expect(RecordEditor.forNew(app).surroundings()).toEqual({
      now: NOON,
      lastStop: NOON - 60,
      runningSince: null,
    });
    expect(editorOf("a").surroundings().lastStop).toBe(MORNING.t2);
  });

  it("overlapping_is what lies over it, itself not", async () => {
    const { editorOf } = await atNoon(
      record(MORNING),
      record({ key: "b", t1: MORNING.t2, t2: NOON }),
      record({ key: "c", t1: MORNING.t1 + 60, t2: MORNING.t2 }),
    );
    expect(
      editorOf()
        .overlapping()
        .map(({ key }) => key),
    ).toEqual(["c"]);
  });
});

describe("save", () => {
  it("save_of a new start, stopped by a tab of which this one was not told_keeps that stop", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(app.store, running());
    const editor = RecordEditor.forRecord(app, running());
    await put(await reopened(), running({ t2: 950 }));
    editor.setMoment("start", 870);
    expect(await save(editor)).toBe("saved");
    expect(await inDatabase()).toMatchObject([{ t1: 870, t2: 950, ds: "x" }]);
  });

  it("save_of new words, after a tab of which this one was not told_keeps its times, and the other way", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(app.store, running());
    const words = RecordEditor.forRecord(app, running());
    words.ds.value = "words";
    await put(await reopened(), running({ t1: 800, t2: 950, ds: "theirs" }));
    await save(words);
    expect(await inDatabase()).toMatchObject([{ t1: 800, t2: 950, ds: "words" }]);
    const times = RecordEditor.forRecord(app, running({ t1: 800, t2: 950, ds: "words" }));
    await put(await reopened(), running({ t1: 800, t2: 950, ds: "renamed" }));
    times.setMoment("stop", 990);
    await save(times);
    expect(await inDatabase()).toMatchObject([{ t1: 800, t2: 990, ds: "renamed" }]);
  });

  it("save_in two dialogs right after each other_saves both", async () => {
    const { app } = await opened();
    expect(await save(RecordEditor.forNew(app, "one"))).toBe("saved");
    expect(await save(RecordEditor.forNew(app, "two"))).toBe("saved");
    expect(app.store.records.size).toBe(2);
  });

  it("save_started earlier while another runs_ends that at the new start", async () => {
    const { app, inDatabase } = await atNoon(running({ t1: NOON - 3600, t2: NOON - 3600 }));
    const editor = RecordEditor.forNew(app, "next");
    editor.choose("earlier");
    expect(await save(editor)).toBe("saved");
    const records = await inDatabase();
    expect(records.find(({ key }) => key === "a")?.t2).toBe(NOON - 300);
    expect(records.find(({ ds }) => ds === "next")).toMatchObject({ t1: NOON - 300, t2: NOON - 300 });
  });

  it("save_beside what runs_lets that run on", async () => {
    const { app, inDatabase } = await atNoon(running());
    const editor = RecordEditor.forNew(app, "beside");
    editor.isBeside.value = true;
    await save(editor);
    expect((await inDatabase()).filter(({ t1, t2 }) => t1 === t2)).toHaveLength(2);
  });

  it("save_already done while another runs_lets that run on", async () => {
    const { app, inDatabase } = await atNoon(running());
    const editor = RecordEditor.forNew(app, "done");
    editor.choose("done");
    await save(editor);
    expect(app.announcement.value).toBe("Recorded: done");
    expect((await inDatabase()).find(({ key }) => key === "a")).toMatchObject({ t1: 900, t2: 900 });
  });

  it.each([
    ["x".repeat(256), { ok: false, reason: "tooLong", excess: 1 }],
    ["HIDDEN", { ok: false, reason: "hidden" }],
  ])("save_words that cannot be stored_keeps them", async (ds, refusal) => {
    const { app } = await atNoon();
    const editor = RecordEditor.forNew(app, ds);
    expect(await save(editor)).toEqual(refusal);
    expect(editor.ds.value).toBe(ds);
    expect(app.store.records.size).toBe(0);
  });

  it("save_storage that is full_says so and keeps what was entered", async () => {
    const { app } = await atNoon();
    const editor = RecordEditor.forNew(app, "kept");
    app.history.change = () => Promise.reject(new DOMException("", "QuotaExceededError"));
    expect(await save(editor)).toBe("failed");
    expect(app.notice.value?.text).toContain("no more room");
    expect(editor.ds.value).toBe("kept");
  });
});

describe("what is worth keeping", () => {
  it("isWorthKeeping_a choice and its own times_is nothing, what is set then is", async () => {
    const { app } = await opened();
    const editor = RecordEditor.forNew(app);
    editor.choose("earlier");
    expect([editor.isChanged.value, editor.isWorthKeeping.value]).toEqual([true, false]);
    editor.step("start", -1);
    expect(editor.isWorthKeeping.value).toBe(true);
    editor.choose("done");
    expect(editor.isWorthKeeping.value).toBe(true);
  });
});
