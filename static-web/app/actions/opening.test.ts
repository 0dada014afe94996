import { describe, expect, it } from "vitest";
import { isRunning } from "../domain/record.ts";
import type { RecordEditor } from "../record/editor.ts";
import { save } from "../record/save.ts";
import type { AppContext } from "../shell/context.ts";
import { put, record } from "../store/testParts.ts";
import { alreadyDone } from "./alreadyDone.ts";
import { deleteRecord } from "./deleteRecord.ts";
import { perform, refusalOf } from "./registry.ts";
import { resumeRecord } from "./resumeRecord.ts";
import { start } from "./start.ts";
import { startEarlier } from "./startEarlier.ts";
import { stopAtLastActivity } from "./stopAtLastActivity.ts";
import { stopEarlier } from "./stopEarlier.ts";
import { opened, running } from "./testApp.ts";
import { throwAway } from "./throwAway.ts";
import { throwAwayRecord } from "./throwAwayRecord.ts";

/** What is entered in the dialog that is open. */
function editorIn(app: AppContext): RecordEditor {
  const content = app.dialogs.open.value.at(-1)?.content;
  if (content?.kind !== "record") throw new Error("No record's dialog is open.");
  return content.editor;
}

describe("what opens the dialog of a new record", () => {
  it.each([
    [startEarlier, "start"],
    [alreadyDone, "new"],
  ])("perform_%j_has the choice made, and nothing to lose", async (action, mode) => {
    const { app } = await opened();
    await perform(action, app);
    const editor = editorIn(app);
    expect(editor.mode.value).toBe(mode);
    expect(editor.form.value.t1).toBeLessThan(app.clock());
    expect(editor.isWorthKeeping.value).toBe(false);
    editor.ds.value = "words";
    expect(editor.isWorthKeeping.value).toBe(true);
  });

  it("perform_start while the server takes no changes_opens nothing and says why", async () => {
    const { app, sync } = await opened();
    sync.report.value = { ...sync.report.value, isReadOnly: true };
    await perform(start, app);
    expect(app.dialogs.open.value).toEqual([]);
    expect(app.notice.value?.text).toBe(refusalOf(start, app));
    expect(app.notice.value?.text).toContain("takes no changes");
  });
});

describe("what opens the dialog of what runs", () => {
  it("perform_stop earlier_proposes that it is over, which is saved but not asked about", async () => {
    const { app, clock, inDatabase } = await opened();
    await put(app.store, running());
    await perform(stopEarlier, app);
    const editor = editorIn(app);
    expect(editor.mode.value).toBe("stop");
    expect(editor.isWorthKeeping.value).toBe(false);
    expect(editor.isChanged.value).toBe(true);
    editor.step("stop", 1);
    expect(editor.isWorthKeeping.value).toBe(true);
    editor.setMoment("stop", 950);
    await save(editor);
    clock.now += 10;
    expect(await inDatabase()).toMatchObject([{ t1: 900, t2: 950 }]);
  });

  it("perform_stop at last activity_proposes that moment", async () => {
    const { app } = await opened();
    const later = { ...app, lastActivity: () => 960 };
    expect(stopAtLastActivity.isEnabled(later)).toBe(false);
    await put(app.store, running());
    expect(stopAtLastActivity.isEnabled(app)).toBe(false);
    await perform(stopAtLastActivity, later);
    expect(editorIn(app).form.value).toMatchObject({ t1: 900, t2: 960 });
    expect(editorIn(app).isWorthKeeping.value).toBe(false);
  });

  it("perform_throw away_asks first", async () => {
    const { app, inDatabase } = await opened();
    await put(app.store, running());
    await perform(throwAway, app);
    expect(editorIn(app).asksToDelete.value).toBe(true);
    expect(await inDatabase()).toMatchObject([{ ds: "x" }]);
  });

  it("perform_nothing runs_opens nothing", async () => {
    const { app } = await opened();
    for (const action of [stopEarlier, stopAtLastActivity, throwAway]) await perform(action, app);
    expect(app.dialogs.open.value).toEqual([]);
  });
});

describe("what is done to one record", () => {
  it("resumeRecord_while another runs_stops that as the dialog does", async () => {
    const { app, inDatabase } = await opened();
    await put(app.store, running());
    const done = record({ key: "b", t1: 100, t2: 200, ds: "again #tag" });
    expect(await resumeRecord.perform(app, done)).toBe(true);
    const records = await inDatabase();
    expect(records.find(({ key }) => key === "a")).toMatchObject({ t1: 900, t2: 1000 });
    expect(records.filter(isRunning)).toMatchObject([{ t1: 1000, ds: "again #tag" }]);
  });

  it("isEnabled_a record that runs or is over_has one way to delete it", async () => {
    const { app } = await opened();
    for (const each of [running(), record({ t1: 100, t2: 200 })]) {
      const ways = [deleteRecord, throwAwayRecord].filter((action) => action.isEnabled(app, each));
      expect(ways).toEqual([isRunning(each) ? throwAwayRecord : deleteRecord]);
      expect(resumeRecord.isEnabled(app, each)).toBe(!isRunning(each));
    }
  });
});
