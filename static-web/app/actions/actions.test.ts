import { describe, expect, it } from "vitest";
import { isRunning } from "../domain/record.ts";
import { RecordEditor } from "../record/editor.ts";
import { save } from "../record/save.ts";
import { put } from "../store/testParts.ts";
import { perform } from "./registry.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";
import { opened, running, starts } from "./testApp.ts";

describe("perform", () => {
  it("perform_start again while the first is being stored_starts one record", async () => {
    const { app, inDatabase } = await opened();
    const editor = RecordEditor.forNew(app, "once");
    await Promise.all([save(editor), save(editor)]);
    expect(await inDatabase()).toMatchObject([{ ds: "once" }]);
  });

  it("save_again within half a second_is the same press", async () => {
    const { app, timer, inDatabase } = await opened();
    const editor = RecordEditor.forNew(app, "once");
    await save(editor);
    timer.ms = 499;
    await save(editor);
    expect(await inDatabase()).toHaveLength(1);
    timer.ms = 500;
    await save(editor);
    expect(await inDatabase()).toHaveLength(2);
  });

  it("perform_stop right after start_stops", async () => {
    const { app, inDatabase } = await opened();
    await starts(app);
    await perform(stop, app);
    expect((await inDatabase()).filter(isRunning)).toEqual([]);
  });

  it("perform_action that fails_says so and makes way for the next", async () => {
    const { app, inDatabase } = await opened();
    const broken = { ...start, id: "broken", perform: () => Promise.reject(new Error("disk full")) };
    await perform(broken, app);
    expect(app.notice.value).toMatchObject({ text: expect.stringContaining("disk full") });
    await starts(app);
    expect(await inDatabase()).toHaveLength(1);
  });
});

describe("start", () => {
  it("perform_while another runs_stops that and adds one", async () => {
    const { app, inDatabase } = await opened();
    await put(app.store, running());
    await starts(app, "next #tag");
    const records = await inDatabase();
    expect(records.find(({ key }) => key === "a")).toMatchObject({ t1: 900, t2: 1000, ds: "x" });
    expect(records.filter(isRunning)).toMatchObject([{ t1: 1000, ds: "next #tag" }]);
  });

  it("perform_another tab has started one of which this one was not told_stops that, too", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(await reopened(), running());
    await starts(app, "next #tag");
    expect((await inDatabase()).filter(isRunning)).toMatchObject([{ ds: "next #tag" }]);
  });

  it("perform_another tab has stopped and renamed what runs_leaves that alone", async () => {
    const { app, clock, reopened, inDatabase } = await opened();
    await put(app.store, running());
    await put(await reopened(), running({ t2: 950, ds: "renamed" }));
    clock.now = 1100;
    await starts(app);
    expect((await inDatabase()).find(({ key }) => key === "a")).toMatchObject({ t2: 950, ds: "renamed" });
    expect(app.running.value.map(({ key }) => key)).not.toContain("a");
  });
});

describe("announcements", () => {
  it("perform_start and stop_say what they did", async () => {
    const { app, clock } = await opened();
    await starts(app, "Reading #books");
    expect(app.announcement.value).toBe("Started: Reading #books");
    clock.now += 720;
    await perform(stop, app);
    expect(app.announcement.value).toBe("Stopped after 12 min");
  });

  it("perform_start that cannot be_says why, and stores nothing", async () => {
    const { app } = await opened();
    await starts(app);
    expect(await starts(app, "HIDDEN")).toEqual({ ok: false, reason: "hidden" });
    expect(app.store.records.size).toBe(1);
  });
});

describe("stop", () => {
  it("perform_another tab has started one of which this one was not told_stops that, too", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(app.store, running());
    await put(await reopened(), running({ key: "b" }));
    await stop.perform(app);
    expect((await inDatabase()).filter(isRunning)).toEqual([]);
  });

  it("perform_another tab has renamed what runs_stops it and keeps the name", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(app.store, running());
    await put(await reopened(), running({ ds: "renamed" }));
    await stop.perform(app);
    expect(await inDatabase()).toMatchObject([{ t1: 900, t2: 1000, ds: "renamed" }]);
  });

  it("perform_another device has deleted what runs_leaves it deleted", async () => {
    const { app, reopened, inDatabase } = await opened();
    await put(app.store, running());
    const deleted = running({ ds: "HIDDEN x" });
    await put(await reopened(), deleted);
    await stop.perform(app);
    expect(await inDatabase()).toMatchObject([{ t1: 900, t2: 900, ds: "HIDDEN x" }]);
  });
});
