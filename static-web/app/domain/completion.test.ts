import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accept,
  browse,
  collectSources,
  type Sources,
  type Suggestions,
  suggest,
  toggleKind,
} from "./completion.ts";
import type { TimeRecord } from "./record.ts";

const NOW = 1_000_000_000;
const DAY = 86_400;
let keys = 0;
/** A record of an hour that ended so many days ago. */
const used = (daysAgo: number, ds: string): TimeRecord => {
  keys += 1;
  const t2 = NOW - daysAgo * DAY;
  return { key: `k${keys}`, mt: 1, st: 1, t1: t2 - 3600, t2, ds };
};
const texts = (list: readonly { readonly text: string }[]): readonly string[] => list.map(({ text }) => text);
const collect = (records: readonly TimeRecord[], presets: readonly string[] = []): Sources =>
  collectSources(records, presets, NOW);

const sources = collect(
  [
    used(1, "Meeting #acme"),
    used(2, "Design #acme/site"),
    used(3, "#client #macro talk"),
    used(100, "old #ancient"),
  ],
  ["#work #acme", "", "#home", "#home", "#sport #macro"],
);
const at = (text: string): Suggestions | null => suggest(text, text.length, sources);

describe("collectSources", () => {
  it("collectSources_a time that no calendar has_is one that can be shown", () => {
    const far = collect([{ ...used(0, "#far"), t1: NOW, t2: 1.7e18 }]);
    expect(new Date((far.tags[0]?.lastUsed ?? Infinity) * 1000).getUTCFullYear()).toBe(9999);
  });
  it("collectSources_often and lately_is first, by the real sum (L22)", () => {
    const often = [10, 11, 12, 13].map((days) => used(days, "#often"));
    expect(texts(collect([...often, used(5, "#once")]).recentTags)).toEqual(["#often", "#once"]);
    expect(texts(collect([...often, used(1, "#once")]).recentTags)).toEqual(["#once", "#often"]);
  });
  it("collectSources_all tags_are in the order of their last use, old ones too", () => {
    expect(texts(sources.tags)).toEqual(["#acme", "#acme/site", "#client", "#macro", "#ancient"]);
    expect(texts(sources.recentTags)).not.toContain("#ancient");
    expect(texts(sources.descriptions)).not.toContain("old #ancient");
    expect(sources.tags[0]?.lastUsed).toBe(NOW - DAY);
  });
  it("collectSources_deleted records and the reserved word_suggest nothing (L52, L61)", () => {
    const found = collect([used(1, "HIDDEN #gone"), used(1, "#untagged")]);
    expect(found.tags).toEqual([]);
    expect(texts(found.descriptions)).toEqual(["#untagged"]);
  });
  it("collectSources_any order of records_gives the last use", () => {
    const found = collect([used(1, "x #a"), used(9, "x #a"), used(5, "x #a")]);
    expect(found.tags).toEqual([{ text: "#a", lastUsed: NOW - DAY }]);
    expect(found.descriptions).toEqual([{ text: "x #a", lastUsed: NOW - DAY }]);
  });
  it("collectSources_what is planned_is not recent", () => {
    const found = collect([used(-2, "plan #later")]);
    expect([found.recentTags, found.descriptions]).toEqual([[], []]);
    expect(texts(found.tags)).toEqual(["#later"]);
  });
  it("collectSources_a running record_was used now", () => {
    const running = { ...used(0, "#now"), t1: NOW - 50, t2: NOW - 50 };
    expect(collect([running, used(0, "#just")]).tags[0]).toEqual({ text: "#just", lastUsed: NOW });
    expect(collect([running]).recentTags).toEqual([{ text: "#now", lastUsed: NOW }]);
  });
  it("collectSources_presets_are each offered once (L23)", () => {
    expect(sources.presets).toEqual(["#work #acme", "#home", "#sport #macro"]);
  });
});

describe("suggest", () => {
  it("suggest_a hash_offers recent tags", () => {
    expect(at("#")).toMatchObject({ kind: "tag", from: 0, to: 1, preselected: 0 });
    expect(texts(at("x #")?.items ?? [])).toEqual(texts(sources.recentTags));
  });
  it("suggest_one character_offers what begins with it", () => {
    expect(texts(at("#a")?.items ?? [])).toEqual(["#acme", "#acme/site", "#ancient"]);
  });
  it("suggest_two characters_offer what begins with them, then what has them", () => {
    expect(texts(at("#ac")?.items ?? [])).toEqual(["#acme", "#acme/site", "#macro"]);
    expect(texts(at("text #AC")?.items ?? [])).toEqual(["#acme", "#acme/site", "#macro"]);
  });
  it("suggest_a known tag written out_is first and lets Enter be", () => {
    const known = collect([used(1, "#acme/site"), used(2, "#acme")]);
    const found = suggest("#acme", 5, known);
    expect(texts(found?.items ?? [])).toEqual(["#acme", "#acme/site"]);
    expect(found?.preselected).toBeNull();
  });
  it("suggest_a new tag_lets Enter be, whether a known one begins with it or not (L24)", () => {
    expect(at("#acm")).toMatchObject({ preselected: null });
    expect(at("#zebra")).toEqual({ kind: "tag", from: 0, to: 6, items: [], preselected: null });
  });
  it("suggest_two hashes_offer presets", () => {
    expect(at("a ##")).toMatchObject({ kind: "preset", from: 2, to: 4, preselected: 0 });
    expect(texts(at("##")?.items ?? [])).toEqual(sources.presets);
    expect(texts(at("##h")?.items ?? [])).toEqual(["#home"]);
    expect(texts(at("##ac")?.items ?? [])).toEqual(["#work #acme", "#sport #macro"]);
    expect(at("##zebra")).toMatchObject({ items: [], preselected: null });
  });
  it("suggest_a word_offers descriptions that have it and lets Enter be (L24)", () => {
    expect(at("mEET")).toEqual({
      kind: "description",
      from: 0,
      to: 4,
      items: [{ text: "Meeting #acme", lastUsed: NOW - DAY, isMatch: true }],
      preselected: null,
    });
  });
  it("suggest_a word that is a whole description_does not offer itself", () => {
    expect(suggest("lunch", 5, collect([used(1, "lunch")]))).toBeNull();
  });
  it.each(["", "m", "meeting about", "zebra", "https://x.y/#ac"])("suggest_%j_offers nothing", (text) => {
    expect(at(text)).toBeNull();
  });
  it("suggest_in the middle_looks at what is before the cursor", () => {
    expect(suggest("#ac and more", 3, sources)).toMatchObject({ kind: "tag", from: 0, to: 3 });
    expect(suggest("#ac and more", 7, sources)).toBeNull();
  });
  it("suggest_anything_offers nothing twice", () => {
    const typed = fc.string({ unit: fc.constantFrom("#", "a", "c", "m", " ", "/"), maxLength: 8 });
    fc.assert(
      fc.property(typed, (text) => {
        const items = texts(at(text)?.items ?? []);
        expect(new Set(items).size).toBe(items.length);
      }),
    );
  });
});

describe("browse", () => {
  it("browse_a word that is typed_brings what has it to the front, once (L23)", () => {
    const items = browse("tag", "mac", sources);
    expect(texts(items)).toEqual(["#macro", "#acme", "#acme/site", "#client", "#ancient"]);
    expect(items.map(({ isMatch }) => isMatch)).toEqual([true, false, false, false, false]);
  });
  it("browse_nothing typed or nothing that has it_keeps the order", () => {
    expect(texts(browse("recent", " ", sources))).toEqual(texts(sources.recentTags));
    expect(browse("recent", " ", sources)[0]?.isMatch).toBe(false);
    expect(texts(browse("tag", "mac #macro", sources))).toEqual(texts(sources.tags));
    expect(texts(browse("preset", "home", sources))).toEqual(["#home", "#work #acme", "#sport #macro"]);
  });
});

describe("accept", () => {
  const taken = { text: "#acme", lastUsed: null, isMatch: true };
  it.each([
    ["#ac", 3, "#acme |"],
    ["Call #ac", 8, "Call #acme |"],
    ["Call#ac", 7, "Call #acme |"],
    ["Call  #ac about it", 9, "Call #acme |about it"],
    ["##h", 3, "#acme |"],
    ["Call ##", 7, "Call #acme |"],
    ["Call ###ac", 10, "Call #acme |"],
    ["C# #ac", 6, "C# #acme |"],
    ["C# # #ac", 8, "C# # #acme |"],
  ])("accept_%j with the cursor at %d", (text, cursor, expected) => {
    const suggestions = suggest(text, cursor, sources);
    if (suggestions === null) throw new Error("nothing was suggested");
    const result = accept(text, suggestions, taken);
    expect(`${result.text.slice(0, result.cursor)}|${result.text.slice(result.cursor)}`).toBe(expected);
  });
  it("accept_a description_replaces all", () => {
    const suggestions = at("mee");
    if (suggestions === null) throw new Error("nothing was suggested");
    expect(accept("mee", suggestions, { ...taken, text: "Meeting #acme" })).toEqual({
      text: "Meeting #acme",
      cursor: 13,
    });
  });
});

describe("toggleKind", () => {
  it("toggleKind_tag and preset_there and back", () => {
    const preset = toggleKind("x #ac y", 5);
    expect(preset).toEqual({ text: "x ##ac y", cursor: 6 });
    expect(toggleKind("x ##ac y", 6)).toEqual({ text: "x #ac y", cursor: 5 });
  });
  it("toggleKind_no tag_is nothing", () => expect(toggleKind("x y", 3)).toBeNull());
});
