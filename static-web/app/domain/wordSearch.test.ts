import { describe, expect, it } from "vitest";
import { withWords } from "./wordSearch.ts";

const things = [
  { name: "Start", others: "begin" },
  { name: "Start earlier", others: "begin ago" },
  { name: "Stop", others: "end pause" },
  { name: "Stop earlier", others: "end" },
  { name: "Rückgängig", others: "zurücknehmen" },
  { name: "Help", others: "? keys" },
  { name: "Tastenkürzel", others: "Straße" },
];

describe("withWords", () => {
  it.each([
    ["", things.map(({ name }) => name)],
    ["  ", things.map(({ name }) => name)],
    ["sto", ["Stop", "Stop earlier"]],
    ["EARLIER sta", ["Start earlier"]],
    ["earlier", ["Start earlier", "Stop earlier"]],
    ["end earlier", ["Stop earlier"]],
    ["pause", ["Stop"]],
    ["ruckgangig", ["Rückgängig"]],
    ["RÜCKGÄNGIG", ["Rückgängig"]],
    ["strasse", ["Tastenkürzel"]],
    ["kurzel", ["Tastenkürzel"]],
    ["?", ["Help"]],
    ["start nonsense", []],
    ["!", []],
    ["x", []],
  ])("withWords_%s_finds %j", (typed, names) => {
    expect(withWords(things, typed, (thing) => thing).map(({ name }) => name)).toEqual(names);
  });

  it("withWords_the name that begins so_is before other words that do", () => {
    const list = [
      { name: "Theme", others: "start" },
      { name: "Now start", others: "" },
      { name: "Restart", others: "" },
      { name: "Start", others: "" },
    ];
    expect(withWords(list, "start", (thing) => thing).map(({ name }) => name)).toEqual([
      "Start",
      "Now start",
      "Theme",
      "Restart",
    ]);
  });
});
