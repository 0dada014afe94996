import { describe, expect, it } from "vitest";
import { deleteRecord } from "../actions/deleteRecord.ts";
import { opened, running } from "../actions/testApp.ts";
import type { TimeRecord } from "../domain/record.ts";
import { put, record } from "../store/testParts.ts";
import { RecordEditor } from "./editor.ts";
import { save } from "./save.ts";

const at = (local: string): number => new Date(local).getTime() / 1000;
const NOON = at("2026-11-18T12:00");
const MORNING = { t1: at("2026-11-18T09:00"), t2: at("2026-11-18T10:00") };

/** The app at noon with these records. */
async function atNoon(...records: readonly TimeRecord[]) {
  const all = await opened();
  all.clock.now = NOON;
  await put(all.app.store, ...records);
  const editorOf = (key = "a"): RecordEditor => {
    const found = all.app.store.records.get(key);
    if (found === undefined) throw new Error(`There is no ${key}.`);
    return RecordEditor.forRecord(all.app, found);
  };
  return { ...all, editorOf };
}

describe("typed times", () => {
  it.each(["930", "9:30", "0930", "9h30"])("type_%s letter by letter_is what it is at once", async (text) => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    for (let n = 1; n <= text.length; n++) editor.type("start", text.slice(0, n));
    expect(editor.form.value).toMatchObject({ t1: at("2026-11-18T09:30"), t2: MORNING.t2 });
    expect(editor.typed.value.start).toEqual({ text, problem: null });
    editor.leave("start");
    expect(editor.typed.value).toEqual({});
  });

  it.each([
    ["start", "25:61", "time"],
    ["start", "soon", "time"],
    ["duration", "long", "duration"],
    ["stop", "8:00", "before"],
    ["stopDate", "2026-11-17", "date"],
  ] as const)("type_%s %s_changes nothing and stays as it is typed", async (field, text, problem) => {
    const { editorOf } = await atNoon(record({ ...MORNING, t1: at("2026-11-18T08:30") }));
    const editor = editorOf();
    const before = editor.form.value;
    if (field === "stopDate") editor.setDate("stop", text);
    else editor.type(field, text);
    editor.leave("start");
    expect(editor.form.value).toEqual(before);
    expect(editor.typed.value[field]).toEqual({ text, problem });
    expect(editor.isChanged.value).toBe(true);
  });

  it("type_a start before an end that could not be taken_takes it then", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.type("stop", "8:45");
    editor.type("start", "8:00");
    expect(editor.form.value).toMatchObject({ t1: at("2026-11-18T08:00"), t2: at("2026-11-18T08:45") });
    expect(editor.typed.value).toEqual({ start: { text: "8:00", problem: null } });
  });

  it("type_elsewhere_leaves what could not be read", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.type("start", "25:61");
    editor.type("duration", "30");
    expect(editor.typed.value.start).toEqual({ text: "25:61", problem: "time" });
    expect(editor.form.value.t2).toBe(MORNING.t1 + 1800);
    editor.step("start", 1);
    expect(editor.typed.value).toEqual({});
  });

  it("setDate_half a date_changes nothing", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.setDate("start", "");
    expect(editor.isChanged.value).toBe(false);
  });

  it("type_a time that clocks show twice_offers the other", async () => {
    const t1 = at("2026-10-25T00:00");
    const { editorOf } = await atNoon(record({ t1, t2: at("2026-10-25T05:00") }));
    const editor = editorOf();
    editor.type("start", "2:30");
    expect(editor.oddity.value).toEqual({ field: "start", kind: "twice" });
    expect(editor.form.value.t1).toBe(t1 + 2.5 * 3600);
    editor.takeOtherShowing();
    expect(editor.form.value.t1).toBe(t1 + 3.5 * 3600);
    editor.takeOtherShowing();
    expect(editor.form.value.t1).toBe(t1 + 2.5 * 3600);
    editor.type("start", "3:30");
    expect(editor.oddity.value).toBeNull();
  });
});

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
