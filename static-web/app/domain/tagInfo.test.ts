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
  it("withTagInfo_what is unchanged_stays as another client wrote it", () => {
    const read = tagInfoOf(from({ "taginfo #a": foreign }), "#a");
    expect(read).toEqual({ colour: null, isSecondary: true, targets: { week: 3, day: 1 } });
    expect(withTagInfo("#a", foreign, read)).toEqual(foreign);
    const red = { color: "#F00", priority: 1 };
    expect(withTagInfo("#a", red, { ...nothing, colour: "#ff0000" })).toEqual({ ...red, targets: {} });
  });
  it("withTagInfo_what is changed_is written, and nothing else", () => {
    const primary = { ...nothing, targets: { week: 3, day: 1 } };
    expect(withTagInfo("#a", foreign, primary)).toEqual({ ...foreign, priority: 0 });
    const coloured = { ...primary, isSecondary: true, colour: "#123456" };
    expect(withTagInfo("#a", foreign, coloured)).toEqual({ ...foreign, color: "#123456" });
    expect(withTagInfo("#a", { color: "red" }, nothing)).toMatchObject({ color: "" });
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
