import fc from "fast-check";
import { describe, expect, it } from "vitest";
import tagVectors from "../../../tests/vectors/tags.json";
import {
  comboIn,
  comboOf,
  hasAll,
  selectTotals,
  sumOf,
  tagFor,
  tagsIn,
  totalsByTag,
  UNTAGGED,
} from "./combo.ts";
import { PRESETS_KEY, presetsOf, readPresets } from "./presets.ts";
import { selectCombo, selectTags, unselectTag } from "./selection.ts";
import { displayOrder, familyOrder, type OrderOptions } from "./tagOrder.ts";
import { findTags, parseDescription } from "./tags.ts";
import { isWithin, parentOf, tagTrees } from "./tagTree.ts";

const tagsFrom = (text: string): readonly string[] => text.split(" ").map((word) => `#${word}`);
const combo = (text: string): string => comboOf(tagsFrom(text));
const totalsOf = (stats: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(stats).map(([tags, seconds]) => [combo(tags), seconds]));

describe("combos", () => {
  it("tagsIn_a combo_are its tags", () => expect(tagsIn("#a #b")).toEqual(["#a", "#b"]));

  it.each([
    ["plain", UNTAGGED],
    ["#b text #A", "#a #b"],
    ["#untagged", UNTAGGED],
    ["#x #Untagged", "#x"],
  ])("comboIn_%s is %s, as #untagged is reserved (L61)", (ds, expected) => {
    expect(comboIn(ds)).toBe(expected);
  });

  it("totals_selected and by tag", () => {
    const totals = totalsOf({ "a b": 10, "a c": 5, b: 1 });
    expect([...selectTotals(totals, ["#a"])]).toEqual([
      ["#a #b", 10],
      ["#a #c", 5],
    ]);
    expect(sumOf(totals)).toBe(16);
    expect([...totalsByTag(totals)]).toEqual([
      ["#a", 15],
      ["#b", 11],
      ["#c", 5],
    ]);
    expect(hasAll("#ab", ["#a"])).toBe(false);
  });

  it.each([
    ["My Project", "#My-Project"],
    ["ab", "#ab"],
    ["a", null],
    ["--x--", "#--x--"],
    ["A & B", "#A-B"],
    ["Übung 1", "#Übung-1"],
    ["x/y z", "#x/y-z"],
    ["#tag", "#tag"],
    ["[draft] thing", "#draft-thing"],
    ["C++", "#C-"],
    ["R&D team", "#R-D-team"],
    ["   ", null],
    ["", null],
    [" padded ", "#padded"],
    ["Untagged", null],
  ])("tagFor_%j is %s", (name, tag) => expect(tagFor(name)).toBe(tag));
});

describe("findTags", () => {
  it.each(tagVectors.cases)("findTags_$ds_agrees with the shared vector", ({ ds, tags }) => {
    expect(findTags(ds)).toEqual(tags);
  });
  it("findTags_anything_finds what parseDescription finds", () => {
    const unit = fc.constantFrom("#", ":", "/", "a", "B", " ", "\t", "://", "Σ", "İ", "é", "\u00a0", "😀");
    fc.assert(
      fc.property(fc.string({ unit }), (ds) => {
        expect(findTags(ds)).toEqual(parseDescription(ds).tags);
      }),
      { numRuns: 500 },
    );
  });
});

describe("order", () => {
  const fruit = { "red apple": 5, "red pear": 3, "green apple": 2 };
  const chores = { gym: 60, "cook home": 30, "clean home": 90, home: 10 };
  const clients = { "design acme": 100, "review acme": 20, "design zeta": 50, "review zeta": 90 };
  const depths = { untagged: 10, "a b c": 7, "b c": 5, c: 3 };
  const secondary = new Map([
    ["#design", 2],
    ["#review", 2],
  ]);
  it.each<[string, Readonly<Record<string, number>>, OrderOptions, readonly string[]]>([
    ["more connected tags first", fruit, {}, ["red apple", "red pear", "green apple"]],
    ["the selected tag first", fruit, { selected: ["#apple"] }, ["apple red", "apple green"]],
    ["without the selected", fruit, { selected: ["#apple"], withoutSelected: true }, ["red", "green"]],
    ["families", chores, {}, ["home", "home clean", "home cook", "gym"]],
    ["activities", clients, {}, ["design acme", "design zeta", "review zeta", "review acme"]],
    [
      "secondary tags last",
      clients,
      { priorities: secondary },
      ["zeta review", "zeta design", "acme design", "acme review"],
    ],
    ["depths", depths, {}, ["c", "c b", "c b a", "untagged"]],
  ])("displayOrder and familyOrder_%s", (_, stats, options, expected) => {
    const totals = totalsOf(stats);
    const shown = displayOrder(totals, options);
    const list = familyOrder(shown, totals).map((name) => shown.get(name)?.join(" "));
    expect(list).toEqual(expected.map((tags) => tagsFrom(tags).join(" ")));
  });

  it("displayOrder_several selected tags_lead in the order of their selection", () => {
    const totals = totalsOf({ "a b c": 1, "b c d": 100 });
    const shown = displayOrder(totals, { selected: ["#c", "#b"] });
    expect([...shown.values()]).toEqual([
      ["#c", "#b", "#d"],
      ["#c", "#b", "#a"],
    ]);
  });

  it("displayOrder_more combos than a call takes arguments_are ordered", () => {
    const totals = new Map(Array.from({ length: 200_000 }, (_, i) => [`#t${i}`, 200_000 - i]));
    expect(displayOrder(totals).size).toBe(200_000);
  });

  it("displayOrder_tags that are connected equally_are told apart by their time, not by rounding", () => {
    const stats = { "a b f g": 70, "c d e f": 60, "a e f": 60 };
    const ordered = (totals: ReadonlyMap<string, number>): readonly string[] =>
      Object.keys(stats).map((name) => displayOrder(totals).get(combo(name))?.join(" ") ?? "");
    const expected = ["#f #a #b #g", "#f #c #e #d", "#f #a #e"];
    expect(ordered(totalsOf(stats))).toEqual(expected);
    // Nor by those of others: the common multiple of these tags' counts has more figures than a double.
    const others = Array.from({ length: 60 }, (_, i) => i + 1).flatMap((count) =>
      Array.from({ length: count }, (_, i) => [comboOf([`#t${count}`, `#x${count}-${i}`]), 1] as const),
    );
    expect(ordered(new Map([...totalsOf(stats), ...others]))).toEqual(expected);
  });

  it("displayOrder_a combo that is the selection_is empty without it", () => {
    const shown = displayOrder(totalsOf({ a: 5, "a b": 1 }), { selected: ["#a"], withoutSelected: true });
    expect(shown.get("#a")).toEqual([]);
  });

  it("familyOrder_families of the same time_are in the order of the alphabet", () => {
    const totals = totalsOf({ pear: 5, "apple cox": 3, "apple fuji": 2, fig: 5 });
    const list = familyOrder(displayOrder(totals), totals);
    expect(list).toEqual(["#apple #cox", "#apple #fuji", "#fig", "#pear"]);
  });

  it("displayOrder_any totals_shows each combo's own tags, and families stay together", () => {
    const tags = fc.uniqueArray(fc.constantFrom("#a", "#b", "#c", "#d", "#e"), {
      minLength: 1,
      maxLength: 4,
    });
    const entries = fc.array(fc.tuple(tags, fc.nat(1000)), { maxLength: 12 });
    fc.assert(
      fc.property(entries, (stats) => {
        const totals = new Map(stats.map(([own, seconds]) => [comboOf(own), seconds]));
        const shown = displayOrder(totals);
        for (const [name, order] of shown) expect(comboOf(order)).toBe(name);
        const list = familyOrder(shown, totals);
        expect([...list].sort()).toEqual([...totals.keys()].sort());
        const first = list.map((name) => shown.get(name)?.[0]);
        expect(first.filter((tag, i) => tag !== first[i - 1])).toEqual([...new Set(first)]);
      }),
    );
  });
});

describe("hierarchy", () => {
  it.each([
    ["#client/acme", "#client"],
    ["#client/acme/site", "#client/acme"],
    ["#client", null],
    ["#/", null],
    ["#/acme", null],
    ["#client/", null],
    ["#client//acme", "#client"],
    ["#client/acme/", "#client"],
    ["#a\u2028b/c", "#a\u2028b"],
  ])("parentOf_%j is %s", (tag, parent) => expect(parentOf(tag)).toBe(parent));

  it("isWithin_a name that only begins alike_is not below", () => {
    expect(isWithin("#client/acme", "#client")).toBe(true);
    expect(isWithin("#clients/acme", "#client")).toBe(false);
  });

  it("tagTrees_a combo with two tags of a family_counts once for what is above them", () => {
    const trees = tagTrees(totalsOf({ "client/acme client/zeta": 10, "client/acme": 5, client: 1, gym: 20 }));
    expect(trees).toEqual([
      { tag: "#gym", seconds: 20, own: 20, children: [] },
      {
        tag: "#client",
        seconds: 16,
        own: 1,
        children: [
          { tag: "#client/acme", seconds: 15, own: 15, children: [] },
          { tag: "#client/zeta", seconds: 10, own: 10, children: [] },
        ],
      },
    ]);
  });

  it("tagTrees_a tag that only others lie below_is there with no time of its own", () => {
    expect(tagTrees(totalsOf({ "a/b/c": 3 }))).toMatchObject([
      {
        tag: "#a",
        seconds: 3,
        own: 0,
        children: [{ tag: "#a/b", own: 0, children: [{ tag: "#a/b/c", own: 3 }] }],
      },
    ]);
  });
});

describe("selection", () => {
  it("selectTags_one that is selected_keeps its place", () => {
    expect(selectTags(["#a", "#b"], ["#a", "#c"])).toEqual(["#a", "#b", "#c"]);
    expect(selectCombo(["#b"], "#a #b")).toEqual(["#b", "#a"]);
    expect(unselectTag(["#a", "#b"], "#a")).toEqual(["#b"]);
  });
});

describe("presets", () => {
  it("readPresets_lines_keep their tags in the order they were typed, and blank lines", () => {
    const read = readPresets("#Work #acme\n\nsome #home words\r\n#b#a #b\n#untagged\n\n");
    expect(read.presets).toEqual(["#work #acme", "", "#home", "#b #a", ""]);
    expect(read.tags).toBe(5);
    expect(read.shortened).toEqual([3]);
  });
  it("readPresets_nothing_is no presets", () => expect(readPresets(" \n ").presets).toEqual([]));
  it("presetsOf_what is no list of texts_is left out", () => {
    expect(PRESETS_KEY).toBe("tag_presets");
    expect(presetsOf(["#a", 5, "", null])).toEqual(["#a", ""]);
    expect(presetsOf("#a")).toEqual([]);
    expect(presetsOf(undefined)).toEqual([]);
  });
});
