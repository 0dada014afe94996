import { describe, expect, it } from "vitest";
import { record } from "../store/testParts.ts";
import { RecordEditor } from "./editor.ts";
import { at, atNoon, MORNING, NOON } from "./testEditor.ts";

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
    ["start", "10:05", "after"],
    ["startDate", "", "noDate"],
    ["startDate", "1969-12-31", "noDate"],
    ["startDate", "0029-11-18", "noDate"],
    ["stopDate", "", "noDate"],
    ["duration", "long", "duration"],
    ["stop", "8:00", "before"],
    ["stopDate", "2026-11-17", "date"],
  ] as const)("type_%s %s_changes nothing and stays as it is typed", async (field, text, problem) => {
    const { editorOf } = await atNoon(record({ ...MORNING, t1: at("2026-11-18T08:30") }));
    const editor = editorOf();
    const before = editor.form.value;
    editor.type(field, text);
    editor.leave(field);
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

  it("type_half a date and then the rest_takes it, and other fields leave the half alone", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.type("startDate", "");
    editor.leave("startDate");
    editor.type("stop", "10:30");
    editor.leave("stop");
    expect(editor.typed.value).toEqual({ startDate: { text: "", problem: "noDate" } });
    editor.type("startDate", "2026-11-16");
    editor.leave("startDate");
    expect(editor.typed.value).toEqual({});
    expect(editor.form.value).toMatchObject({ t1: at("2026-11-16T09:00"), t2: at("2026-11-16T10:30") });
  });

  it("setMoment_a start that is not before the stop, or a stop before the start_changes nothing and says so", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    const before = editor.form.value;
    editor.setMoment("start", at("2026-11-18T10:05"));
    expect(editor.typed.value).toEqual({
      start: { text: expect.stringContaining("10:05"), problem: "after" },
    });
    editor.setMoment("stop", at("2026-11-18T08:55"));
    expect(editor.typed.value).toEqual({
      stop: { text: expect.stringContaining("8:55"), problem: "before" },
    });
    expect(editor.form.value).toEqual(before);
  });

  it("type_a start after the stop, then a later stop_takes both", async () => {
    const { editorOf } = await atNoon(record(MORNING));
    const editor = editorOf();
    editor.type("start", "11:00");
    editor.leave("start");
    for (const text of ["1", "11", "113", "1130"]) editor.type("stop", text);
    expect(editor.form.value).toMatchObject({ t1: at("2026-11-18T11:00"), t2: at("2026-11-18T11:30") });
    expect(editor.typed.value).toEqual({ stop: { text: "1130", problem: null } });
  });
});

describe("dates", () => {
  it("type_a date in the future for what runs_says so, and a past one keeps the time that was typed", async () => {
    const { app } = await atNoon();
    const editor = RecordEditor.forNew(app);
    editor.choose("earlier");
    editor.type("start", "9:15");
    editor.leave("start");
    editor.type("startDate", "2026-11-19");
    expect(editor.typed.value.startDate).toEqual({ text: "2026-11-19", problem: "future" });
    expect(editor.form.value).toMatchObject({ t1: at("2026-11-18T09:15"), t2: null });
    editor.leave("startDate");
    expect(editor.typed.value.startDate?.problem).toBe("future");
    editor.type("startDate", "2026-11-17");
    editor.leave("startDate");
    expect(editor.typed.value).toEqual({});
    expect(editor.form.value).toMatchObject({ t1: at("2026-11-17T09:15"), t2: null });
  });

  it("type_today for what began late yesterday, then an earlier time_takes both", async () => {
    const { app } = await atNoon();
    const editor = RecordEditor.forNew(app);
    editor.choose("earlier");
    editor.type("start", "23:30");
    editor.leave("start");
    editor.type("startDate", "2026-11-18");
    editor.leave("startDate");
    expect(editor.typed.value.startDate?.problem).toBe("future");
    for (const text of ["9", "91", "915"]) editor.type("start", text);
    editor.leave("start");
    expect(editor.typed.value).toEqual({});
    expect(editor.form.value.t1).toBe(at("2026-11-18T09:15"));
  });

  it("type_a date on which clocks leave the time out or show it twice_says so and keeps the time", async () => {
    const { app } = await atNoon();
    const editor = RecordEditor.forNew(app);
    const on = (date: string) => {
      editor.type("startDate", date);
      editor.leave("startDate");
      return editor.oddities().map(({ end, kind }) => ({ end, kind }));
    };
    editor.choose("done");
    editor.type("start", "2:30");
    editor.leave("start");
    editor.type("stop", "4:00");
    editor.leave("stop");
    expect(on("2026-10-25")).toEqual([{ end: "start", kind: "twice" }]);
    editor.type("stop", "4:30");
    editor.leave("stop");
    expect(editor.oddities()).toMatchObject([{ end: "start", kind: "twice" }]);
    expect(on("2026-03-29")).toEqual([{ end: "start", kind: "missing" }]);
    const [t1, t2] = ["2026-03-29T03:30", "2026-03-29T04:30"].map(at);
    expect(editor.form.value).toMatchObject({ t1, t2 });
    expect(on("2026-03-28")).toEqual([]);
    const [before, after] = ["2026-03-28T02:30", "2026-03-28T04:30"].map(at);
    expect(editor.form.value).toMatchObject({ t1: before, t2: after });
  });

  it("type_a time that clocks show twice_offers the other", async () => {
    const t1 = at("2026-10-25T00:00");
    const { editorOf } = await atNoon(record({ t1, t2: at("2026-10-25T05:00") }));
    const editor = editorOf();
    editor.type("start", "2:30");
    expect(editor.oddities()).toMatchObject([{ end: "start", kind: "twice" }]);
    expect(editor.form.value.t1).toBe(t1 + 2.5 * 3600);
    editor.takeOtherShowing("start");
    expect(editor.form.value.t1).toBe(t1 + 3.5 * 3600);
    editor.takeOtherShowing("start");
    expect(editor.form.value.t1).toBe(t1 + 2.5 * 3600);
    editor.type("start", "3:30");
    expect(editor.oddities()).toEqual([]);
  });
});

describe("textOf", () => {
  it("textOf_a field that somebody is in_does not go on with the clock, but follows the times", async () => {
    const { editorOf } = await atNoon(record({ t1: NOON - 600, t2: NOON - 600 }));
    const editor = editorOf();
    expect(editor.textOf("duration", "0:10:00")).toBe("0:10:00");
    editor.enter("duration", "0:10:00");
    expect(editor.textOf("duration", "0:10:01")).toBe("0:10:00");
    expect(editor.textOf("start", "11:50")).toBe("11:50");
    editor.step("start", -1);
    expect(editor.textOf("duration", "0:15:02")).toBe("0:15:02");
    expect(editor.textOf("duration", "0:15:03")).toBe("0:15:02");
    editor.type("duration", "30");
    expect(editor.textOf("duration", "0:30:00")).toBe("30");
    expect(editor.form.value.t1).toBe(NOON - 1800);
    editor.leave("duration");
    expect(editor.textOf("duration", "0:30:01")).toBe("0:30:01");
  });
});
