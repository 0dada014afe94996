import { describe, expect, it } from "vitest";
import { isRunning } from "../domain/record.ts";
import { RecordEditor } from "../record/editor.ts";
import { overlapText } from "../record/overlap.ts";
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

  it("perform_again at once after it failed_is another press", async () => {
    const { app } = await opened();
    let tries = 0;
    const flaky = {
      ...start,
      id: "flaky",
      isRepeatable: false,
      perform: () => (++tries === 1 ? Promise.reject(new Error("disk full")) : undefined),
    };
    await perform(flaky, app);
    await perform(flaky, app);
    expect(tries).toBe(2);
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

describe("what cannot be right", () => {
  const NOW = 1_796_010_000;
  const phone = running({ key: "p", t1: NOW + 60, t2: NOW + 60, ds: "phone" });
  const milliseconds = running({ key: "ms", t1: NOW * 1000, t2: NOW * 1000, ds: "ms" });

  async function openedWith(...records: readonly ReturnType<typeof running>[]) {
    const all = await opened();
    all.clock.now = NOW;
    await put(all.app.store, ...records);
    return all;
  }

  it.each([
    ["has not come", phone],
    ["is in milliseconds", milliseconds],
  ])("stop_its start %s_leaves it, and says so", async (_, odd) => {
    const { app } = await openedWith(odd);
    await perform(stop, app);
    expect(app.store.records.get(odd.key)).toMatchObject({ t1: odd.t1, t2: odd.t2 });
    expect(app.notice.value?.text).toContain(odd.ds);
    expect(app.announcement.value).toBe("");
  });

  it("stop_beside one that can be right_stops that alone", async () => {
    const { app } = await openedWith(phone, running({ t1: NOW - 50, t2: NOW - 50 }));
    await perform(stop, app);
    expect(app.store.records.get("a")).toMatchObject({ t2: NOW });
    expect(app.running.value).toMatchObject([{ key: "p" }]);
    expect(app.announcement.value).toBe("Stopped after 50 sec");
  });

  it("start_beside one from the future_leaves that", async () => {
    const { app } = await openedWith(phone);
    await starts(app, "next");
    expect(app.store.records.get("p")).toMatchObject({ t1: NOW + 60, t2: NOW + 60 });
    expect(app.running.value).toHaveLength(2);
  });

  it("stop_two that overlap_says how much time passed", async () => {
    const two = [
      running({ key: "one", t1: NOW - 600, t2: NOW - 600 }),
      running({ t1: NOW - 300, t2: NOW - 300 }),
    ];
    const { app } = await openedWith(...two);
    await perform(stop, app);
    expect(app.announcement.value).toBe("Stopped 2 records: 10 min passed, 15 min tracked");
  });

  it("choose_stopped of one from the future_asks when it began, until that is said", async () => {
    const { app } = await openedWith(phone);
    const editor = RecordEditor.forRecord(app, phone);
    editor.choose("stopped");
    expect(editor.typed.value.start?.problem).toBe("unbegun");
    editor.setMoment("start", NOW - 240);
    expect(editor.typed.value).toEqual({});
    await save(editor);
    expect(app.store.records.get("p")).toMatchObject({ t1: NOW - 240, t2: NOW });
  });
});

describe("start earlier than what runs", () => {
  it("save_before what runs began_leaves that, and says so before", async () => {
    const { app } = await opened();
    await put(app.store, running({ t1: 970, t2: 970 }));
    const editor = RecordEditor.forNew(app, "earlier");
    editor.choose("earlier");
    editor.setMoment("start", 800);
    expect(overlapText(editor)).toEqual(["Another record did not begin before it and goes on beside it."]);
    await save(editor);
    expect(app.store.records.get("a")).toMatchObject({ t1: 970, t2: 970 });
    expect(app.running.value).toHaveLength(2);
  });

  it("save_already done over what runs_warns of that", async () => {
    const { app } = await opened();
    await put(app.store, running({ t1: 100, t2: 100 }));
    const editor = RecordEditor.forNew(app, "done");
    editor.choose("done");
    expect(overlapText(editor)).toEqual(["Another record lies over this time."]);
  });
});

describe("start beside what just began", () => {
  it("save_now, and another was started while that was said_stops both", async () => {
    const { app, clock } = await opened();
    const editor = RecordEditor.forNew(app, "mine");
    clock.now = 1040;
    await put(app.store, running({ t1: 1030, t2: 1030 }));
    await save(editor);
    expect(app.store.records.get("a")).toMatchObject({ t1: 1030, t2: 1040 });
    expect(app.running.value).toMatchObject([{ t1: 1000, ds: "mine" }]);
  });

  it("save_earlier, at the start of what runs_leaves that, and says so before", async () => {
    const { app } = await opened();
    await put(app.store, running({ t1: 500, t2: 500 }));
    const editor = RecordEditor.forNew(app, "same");
    editor.choose("earlier");
    editor.setMoment("start", 500);
    expect(overlapText(editor)).toEqual(["Another record did not begin before it and goes on beside it."]);
    await save(editor);
    expect(app.store.records.get("a")).toMatchObject({ t1: 500, t2: 500 });
  });
});
