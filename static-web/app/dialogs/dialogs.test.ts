import { describe, expect, it } from "vitest";
import type { RecordEditor } from "../record/editor.ts";
import { Dialogs } from "./dialogs.ts";

const content = { kind: "record", editor: {} as RecordEditor } as const;

describe("Dialogs", () => {
  it("show_two_opens one above the other", () => {
    const dialogs = new Dialogs();
    const [first, second] = [dialogs.show(content), dialogs.show(content)];
    expect(dialogs.open.value).toEqual([first, second]);
    expect(first.id).not.toBe(second.id);
    first.close();
    expect(dialogs.open.value).toEqual([second]);
  });

  it("leave_nothing to lose_closes", () => {
    const dialogs = new Dialogs();
    dialogs.show(content).leave();
    expect(dialogs.open.value).toEqual([]);
    expect(dialogs.leaving.value).toBeNull();
  });

  it("leave_something to lose_asks, and stays until it is closed (L27)", () => {
    const dialogs = new Dialogs();
    const dialog = dialogs.show(content);
    dialog.guard = () => true;
    dialog.leave();
    expect(dialogs.leaving.value).toBe(dialog);
    expect(dialogs.open.value).toEqual([dialog]);
    dialogs.stay();
    expect(dialogs.leaving.value).toBeNull();
    dialog.leave();
    dialog.close();
    expect(dialogs.open.value).toEqual([]);
    expect(dialogs.leaving.value).toBeNull();
  });

  it("leaveTop_leaves the question first, then the one on top", () => {
    const dialogs = new Dialogs();
    const [first, second] = [dialogs.show(content), dialogs.show(content)];
    second.guard = () => true;
    dialogs.leaveTop();
    expect(dialogs.leaving.value).toBe(second);
    dialogs.leaveTop();
    expect(dialogs.leaving.value).toBeNull();
    expect(dialogs.open.value).toEqual([first, second]);
    second.guard = () => false;
    dialogs.leaveTop();
    expect(dialogs.open.value).toEqual([first]);
  });

  it("stepBack_something open within_closes that first, also before a question", () => {
    const dialogs = new Dialogs();
    const dialog = dialogs.show(content);
    let isListOpen = true;
    dialog.guard = () => true;
    dialog.closeInner = () => {
      const wasOpen = isListOpen;
      isListOpen = false;
      return wasOpen;
    };
    dialogs.leaveTop();
    expect(isListOpen).toBe(false);
    expect(dialogs.leaving.value).toBeNull();
    dialog.stepBack();
    expect(dialogs.leaving.value).toBe(dialog);
  });

  it("leave_something open within_leaves all the same", () => {
    const dialogs = new Dialogs();
    const dialog = dialogs.show(content);
    dialog.closeInner = () => true;
    dialog.leave();
    expect(dialogs.open.value).toEqual([]);
  });

  it("leaveTop_without dialogs_does nothing", () => {
    const dialogs = new Dialogs();
    dialogs.leaveTop();
    expect(dialogs.open.value).toEqual([]);
  });
});
