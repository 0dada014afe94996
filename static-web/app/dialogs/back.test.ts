import { describe, expect, it } from "vitest";
import type { RecordEditor } from "../record/editor.ts";
import { followBack } from "./back.ts";
import { Dialogs } from "./dialogs.ts";

/** A browser's history, which tells of steps back later, as browsers do. */
class FakeWindow {
  readonly entries: unknown[] = [null];
  readonly #listeners = new Set<() => void>();
  #at = 0;
  #steps = 0;

  readonly history = {
    pushState: (state: unknown): void => {
      this.entries.splice(this.#at + 1);
      this.entries.push(state);
      this.#at += 1;
    },
    back: (): void => {
      this.#steps += 1;
    },
    entryNow: (): unknown => this.entries[this.#at],
    get state(): unknown {
      return this.entryNow();
    },
  };

  /** Takes the steps that were asked for. */
  settle(): void {
    for (; this.#steps > 0; this.#steps -= 1) {
      this.#at -= 1;
      for (const listener of this.#listeners) listener();
    }
  }

  /** The person presses Back. */
  pressBack(): void {
    this.history.back();
    this.settle();
  }

  get depth(): number {
    return this.#at;
  }

  addEventListener(_name: "popstate", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_name: "popstate", listener: () => void): void {
    this.#listeners.delete(listener);
  }
}

function following() {
  const dialogs = new Dialogs();
  const page = new FakeWindow();
  const end = followBack(dialogs, page);
  const show = () => dialogs.show({ kind: "record", editor: {} as RecordEditor });
  return { dialogs, page, end, show };
}

describe("followBack", () => {
  it("followBack_a dialog_has one entry, and gives it back when it closes", () => {
    const { page, show } = following();
    const dialog = show();
    expect(page.depth).toBe(1);
    dialog.close();
    page.settle();
    expect(page.depth).toBe(0);
  });

  it("followBack_two dialogs_have one entry together, and Back leaves them one by one", () => {
    const { dialogs, page, show } = following();
    const first = show();
    show();
    expect(page.depth).toBe(1);
    page.pressBack();
    expect(dialogs.open.value).toEqual([first]);
    expect(page.depth).toBe(1);
    page.pressBack();
    expect(dialogs.open.value).toEqual([]);
    expect(page.depth).toBe(0);
  });

  it("followBack_Back with something to lose_asks and can be pressed again", () => {
    const { dialogs, page, show } = following();
    const dialog = show();
    dialog.guard = () => true;
    page.pressBack();
    expect(dialogs.leaving.value).toBe(dialog);
    expect(page.depth).toBe(1);
    page.pressBack();
    expect(dialogs.leaving.value).toBeNull();
    expect(dialogs.open.value).toEqual([dialog]);
    expect(page.depth).toBe(1);
  });

  it("followBack_Back with a list open_closes the list, and can be pressed again", () => {
    const { dialogs, page, show } = following();
    const dialog = show();
    dialog.closeInner = () => {
      dialog.closeInner = () => false;
      return true;
    };
    page.pressBack();
    expect(dialogs.open.value).toEqual([dialog]);
    expect(page.depth).toBe(1);
    page.pressBack();
    expect(dialogs.open.value).toEqual([]);
    expect(page.depth).toBe(0);
  });

  it("followBack_another opened before the step back was taken_has its entry", () => {
    const { dialogs, page, show } = following();
    show().close();
    const second = show();
    page.settle();
    expect(dialogs.open.value).toEqual([second]);
    page.pressBack();
    expect(dialogs.open.value).toEqual([]);
    expect(page.depth).toBe(0);
  });

  it("followBack_without dialogs_leaves Back alone", () => {
    const { page } = following();
    page.history.pushState("elsewhere");
    page.pressBack();
    expect(page.depth).toBe(0);
  });

  it("followBack_ended_follows no more", () => {
    const { dialogs, page, show, end } = following();
    const dialog = show();
    end();
    page.pressBack();
    expect(dialogs.open.value).toEqual([dialog]);
  });

  it("settled_after the last dialog was closed_waits for the browser's step back", async () => {
    const { dialogs, page, show } = following();
    await dialogs.settled();
    show().close();
    let isSettled = false;
    const settled = dialogs.settled().then(() => {
      isSettled = true;
    });
    await Promise.resolve();
    expect(isSettled).toBe(false);
    page.settle();
    await settled;
    expect(page.depth).toBe(0);
  });
});
