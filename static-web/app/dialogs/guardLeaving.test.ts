import { describe, expect, it } from "vitest";
import { Dialogs } from "./dialogs.ts";
import { guardLeaving, type LeavingHost } from "./guardLeaving.ts";

describe("guardLeaving", () => {
  it("guardLeaving_with and without something typed_asks only where it would be lost", () => {
    const dialogs = new Dialogs();
    const listeners = new Set<Parameters<LeavingHost["addEventListener"]>[1]>();
    const end = guardLeaving(dialogs, {
      addEventListener: (_, listener) => listeners.add(listener),
      removeEventListener: (_, listener) => listeners.delete(listener),
    });
    const asks = (): boolean => {
      let isAsked = false;
      for (const listener of listeners) listener({ preventDefault: () => (isAsked = true) });
      return isAsked;
    };
    expect(asks()).toBe(false);
    const dialog = dialogs.show({ kind: "help" });
    expect(asks()).toBe(false);
    dialog.guard = () => true;
    expect(asks()).toBe(true);
    dialog.close();
    expect(asks()).toBe(false);
    end();
    expect(listeners.size).toBe(0);
  });
});
