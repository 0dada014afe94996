import { describe, expect, it } from "vitest";
import type { Json } from "./record.ts";
import { prioritiesOf, type Settings, tagInfoOf, withTagInfo } from "./tagInfo.ts";

describe("tag info", () => {
  const from =
    (settings: Readonly<Record<string, Json>>): Settings =>
    (key) =>
      settings[key];
  const nothing = { colour: null, isSecondary: false, targets: {} };

  it("tagInfoOf_nothing stored_is nothing settled", () => expect(tagInfoOf(from({}), "#a")).toEqual(nothing));
  it("tagInfoOf_stored_is read", () => {
    const stored = { targets: { week: 30, day: 1.5 }, priority: 2, color: "#DEAA22" };
    expect(tagInfoOf(from({ "taginfo #a #b": stored }), "#a #b")).toEqual({
      colour: "#deaa22",
      isSecondary: true,
      targets: { day: 1.5, week: 30 },
    });
  });
  it("tagInfoOf_settings of older clients_count where the new one says nothing", () => {
    const old = { "color #a": "red", tag_targets: { "#a": { period: "week", hours: 8 } } };
    expect(tagInfoOf(from(old), "#a")).toEqual({
      colour: "#ff0000",
      isSecondary: false,
      targets: { week: 8 },
    });
    const unreadable = { ...old, "taginfo #a": { color: "nonsense" } };
    expect(tagInfoOf(from(unreadable), "#a").colour).toBe("#ff0000");
    const both = { ...old, "taginfo #a": { color: "", targets: {} } };
    expect(tagInfoOf(from(both), "#a")).toEqual(nothing);
  });
  it.each<[string, Json]>([
    ["no object", "x"],
    ["a list", [1]],
    ["wrong types", { targets: 5, priority: "2", color: 7 }],
    [
      "wrong targets",
      { targets: { day: "x", week: 0, month: -1, year: null, decade: 5 }, color: "nonsense" },
    ],
  ])("tagInfoOf_%s_counts as nothing settled", (_, stored) => {
    expect(tagInfoOf(from({ "taginfo #a": stored }), "#a")).toEqual(nothing);
  });
  it("withTagInfo_what other clients keep there_stays", () => {
    const info = { colour: "#123456", isSecondary: true, targets: { month: 10 } };
    const value = withTagInfo("#a", { extra: 1, priority: 0 }, info);
    expect(value).toEqual({ extra: 1, targets: { month: 10 }, priority: 2, color: "#123456" });
    expect(tagInfoOf(from({ "taginfo #a": value }), "#a")).toEqual(info);
    expect(withTagInfo("#a", undefined, nothing)).toEqual({ targets: {}, priority: 0, color: "" });
  });
  const foreign = { color: "nonsense", priority: 5, targets: { quarter: 9, week: 3, day: 1 } };
  it("withTagInfo_what is not named_stays as another client wrote it", () => {
    const read = tagInfoOf(from({ "taginfo #a": foreign }), "#a");
    expect(read).toEqual({ colour: null, isSecondary: true, targets: { week: 3, day: 1 } });
    expect(withTagInfo("#a", foreign, {})).toEqual(foreign);
    expect(withTagInfo("#a", foreign, { isSecondary: false })).toEqual({ ...foreign, priority: 0 });
    expect(withTagInfo("#a", foreign, { colour: "#123456" })).toEqual({ ...foreign, color: "#123456" });
    expect(withTagInfo("#a", undefined, { isSecondary: true })).toEqual({ priority: 2 });
  });
  it("withTagInfo_what is the same_stays in another client's spelling", () => {
    const red = { color: "#F00", priority: 1 };
    expect(withTagInfo("#a", red, { ...nothing, colour: "#ff0000" })).toEqual({ ...red, targets: {} });
    expect(withTagInfo("#a", foreign, { isSecondary: true })).toEqual(foreign);
  });
  it.each(["red", "nonsense"])("withTagInfo_a colour that is reset_is gone, and %j with it", (color) => {
    const value = withTagInfo("#a", { color }, { colour: null });
    expect(value).toEqual({ color: "" });
    expect(tagInfoOf(from({ "taginfo #a": value, "color #a": "red" }), "#a").colour).toBeNull();
  });
  it("withTagInfo_targets_a period that is removed goes, one that is unknown stays", () => {
    const targets = { week: 4, year: 100 };
    expect(withTagInfo("#a", foreign, { ...nothing, targets })).toMatchObject({
      targets: { quarter: 9, week: 4, year: 100 },
    });
    expect(withTagInfo("#a", foreign, { ...nothing, targets })).not.toHaveProperty("targets.day");
  });
  it("withTagInfo_a combo_has targets only, and what others keep there", () => {
    const info = { colour: "#123456", isSecondary: true, targets: { week: 3 } };
    expect(withTagInfo("#a #b", undefined, info)).toEqual({ targets: { week: 3 } });
    expect(withTagInfo("#a #b", foreign, info)).toEqual({ ...foreign, targets: { quarter: 9, week: 3 } });
  });
  it("prioritiesOf_secondary tags_are named", () => {
    const settings = from({ "taginfo #a": { priority: 2 }, "taginfo #b": { priority: 0 } });
    expect([...prioritiesOf(settings, ["#a", "#b", "#c"])]).toEqual([["#a", 2]]);
  });
});
