import { describe, expect, it } from "vitest";
import { opened, running } from "../actions/testApp.ts";
import type { TimeRecord } from "../domain/record.ts";
import { put, record } from "../store/testParts.ts";
import { RecordEditor } from "./editor.ts";
import { resume } from "./resume.ts";

const at = (local: string): number => new Date(local).getTime() / 1000;
const NOON = at("2026-11-18T12:00");
const MORNING = { t1: at("2026-11-18T09:00"), t2: at("2026-11-18T10:00"), ds: "Walk #dog" };

/** A record of the morning in the dialog, at noon, beside others. */
async function editing(...others: readonly TimeRecord[]) {
  const all = await opened();
  all.clock.now = NOON;
  const original = record(MORNING);
  await put(all.app.store, original, ...others);
  const begun = async (): Promise<TimeRecord | undefined> =>
    (await all.inDatabase()).find(({ t1, t2 }) => t1 === NOON && t2 === NOON);
  const stored = async (key = original.key): Promise<TimeRecord | undefined> =>
    (await all.inDatabase()).find((each) => each.key === key);
  return { ...all, editor: RecordEditor.forRecord(all.app, original), begun, stored };
}

describe("resume", () => {
  it("resume_nothing changed_starts the same again and leaves the record alone", async () => {
    const { app, editor, begun, stored } = await editing(running({ key: "r", t1: NOON - 60, t2: NOON - 60 }));
    const before = await stored();
    expect(await resume(editor)).toBe("saved");
    expect(await stored()).toEqual(before);
    expect(await begun()).toMatchObject({ ds: "Walk #dog" });
    expect(await stored("r")).toMatchObject({ t2: NOON });
    expect(app.announcement.value).toBe("Started: Walk #dog");
  });

  it("resume_start and words changed_stores both with it, and one undo takes it all back", async () => {
    const { app, editor, begun, stored } = await editing();
    editor.type("start", "8:30");
    editor.ds.value = "Walk #dog #park";
    expect(await resume(editor)).toBe("saved");
    expect(await stored()).toMatchObject({
      t1: at("2026-11-18T08:30"),
      t2: MORNING.t2,
      ds: "Walk #dog #park",
    });
    expect(await begun()).toMatchObject({ ds: "Walk #dog #park" });
    expect(app.running.value).toHaveLength(1);
    expect(editor.elsewhere.value).toBeNull();

    await app.history.undo();
    expect(await stored()).toMatchObject(MORNING);
    expect(app.running.value).toEqual([]);
  });

  it.each([
    ["x".repeat(256), { ok: false, reason: "tooLong", excess: 1 }],
    ["HIDDEN", { ok: false, reason: "hidden" }],
  ])("resume_words that cannot be stored_refuses as Save does, without a notice", async (ds, refusal) => {
    const { app, editor, begun } = await editing();
    editor.ds.value = ds;
    expect(await resume(editor)).toEqual(refusal);
    expect(app.notice.value).toBeNull();
    expect(await begun()).toBeUndefined();
  });

  it("resume_storage that is full_says so and keeps what was entered", async () => {
    const { app, editor } = await editing();
    editor.ds.value = "kept";
    app.history.change = () => Promise.reject(new DOMException("", "QuotaExceededError"));
    expect(await resume(editor)).toBe("failed");
    expect(app.notice.value?.text).toContain("no more room");
    expect(editor.ds.value).toBe("kept");
  });
});
