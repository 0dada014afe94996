import { describe, expect, it } from "vitest";
import { opened, running } from "../actions/testApp.ts";
import { put } from "../store/testParts.ts";
import { find } from "./finding.ts";
import { moved } from "./moving.ts";

const labels = (found: ReturnType<typeof find>): readonly string[] => found.map(({ id }) => id);

describe("find", () => {
  it("find_nothing typed_has all but the list itself", async () => {
    const { app } = await opened();
    const found = labels(find(app, ""));
    expect(found.slice(0, 3)).toEqual(["start", "start-earlier", "already-done"]);
    expect(found).not.toContain("open-palette");
  });

  it.each([
    ["earlier start", ["start-earlier"]],
    ["DARK", ["theme-dark"]],
    ["log out", ["sign-out"]],
    ["german", ["language-de"]],
    ["nothing like it", []],
  ])("find_%s_is %j", async (typed, ids) => {
    const { app } = await opened();
    expect(labels(find(app, typed))).toEqual(ids);
  });

  it("find_what cannot be done now_is found all the same", async () => {
    const { app } = await opened();
    expect(labels(find(app, "stop"))[0]).toBe("stop");
    await put(app.store, running());
    expect(labels(find(app, "stop"))[0]).toBe("stop");
  });
});

describe("moved", () => {
  it.each([
    ["ArrowDown", 0, 1],
    ["ArrowDown", 2, 0],
    ["ArrowUp", 0, 2],
    ["Home", 2, 0],
    ["End", 0, 2],
    ["a", 0, null],
  ])("moved_%s at %i of three_is %s", (key, place, expected) => {
    expect(moved({ key, ctrlKey: false, metaKey: false }, place, 3)).toBe(expected);
  });

  it("moved_in an empty list or with Ctrl_does not", () => {
    expect(moved({ key: "ArrowDown", ctrlKey: false, metaKey: false }, 0, 0)).toBeNull();
    expect(moved({ key: "Home", ctrlKey: true, metaKey: false }, 2, 3)).toBeNull();
  });
});
