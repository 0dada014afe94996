import { describe, expect, it } from "vitest";
import { LOCAL_SETTINGS_KEY } from "../store/deviceSettings.ts";
import { Shortcuts } from "./shortcuts.ts";

/** What the browser remembers, and what it holds under our name. */
function keeperWith(text: string | null) {
  let held = text;
  return {
    getItem: (key: string) => (key === LOCAL_SETTINGS_KEY ? held : null),
    setItem: (_key: string, value: string) => {
      held = value;
    },
    held: () => held,
  };
}

describe("Shortcuts", () => {
  it.each([null, "", "{", "[]", "7", '{"single_key_shortcuts":"no"}'])("on_%j is kept_is on", (text) =>
    expect(new Shortcuts(keeperWith(text)).on.value).toBe(true),
  );

  it("choose_off_is remembered and keeps the other settings", () => {
    const keeper = keeperWith('{"darkmode":2}');
    new Shortcuts(keeper).choose(false);
    expect(JSON.parse(keeper.held() ?? "")).toEqual({ darkmode: 2, single_key_shortcuts: false });
    expect(new Shortcuts(keeper).on.value).toBe(false);
  });

  it("choose_nothing can be kept_holds for this page", () => {
    const full = () => {
      throw new Error("full");
    };
    const shortcuts = new Shortcuts({ getItem: () => null, setItem: full });
    shortcuts.choose(false);
    expect(shortcuts.on.value).toBe(false);
  });
});
