import fc from "fast-check";
import { expect, it, test } from "vitest";
import { contrast, hueOf, nearestInPalette, PALETTE, parseColour, standingOut, tagColour } from "./colour.ts";
import { labOf, rgbOf } from "./colourSpace.ts";

const [LIGHT, DARK] = ["#faf8f4", "#161a20"];
const colours = fc.nat(0xffffff).map((n) => `#${n.toString(16).padStart(6, "0")}`);

test("a tag always has the same hue", () => {
  // FNV-1a's published value for "a" is 0xe40c292c.
  expect(hueOf("a")).toBe((0xe40c292c % 12) + 1);
  expect(hueOf("#büro")).toBe(hueOf("#büro"));
});

test("the hues are used evenly", () => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 1200; i++) counts.set(hueOf(`#tag${i}`), (counts.get(hueOf(`#tag${i}`)) ?? 0) + 1);
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(Math.min(...counts.values())).toBeGreaterThan(60);
});

test("the palette's lightness is OKLCH's", () => {
  for (const { lightness, colour } of PALETTE) {
    expect(Math.abs(100 * labOf(colour).lightness - lightness), colour).toBeLessThan(1);
  }
});

it.each([
  ["#DEAA22", "#deaa22"],
  ["deaa22", "#deaa22"],
  [" #fa0 ", "#ffaa00"],
  ["#fa08", "#ffaa00"],
  ["#deaa2280", "#deaa22"],
  ["rgb(222, 170, 34)", "#deaa22"],
  ["rgb(222 170 34)", "#deaa22"],
  ["rgba(222,170,34,0.5)", "#deaa22"],
  ["rgb(222 170 34 / 50%)", "#deaa22"],
  ["Teal", "#008080"],
  ["red", "#ff0000"],
  ["tomato", "#ff6347"],
  ["RebeccaPurple", "#663399"],
  ["darkgrey", "#a9a9a9"],
  ["hsl(120, 50%, 50%)", "#40bf40"],
  ["hsl(120deg 50% 50% / 0.5)", "#40bf40"],
  ["hsla(.5turn,100%,50%,.1)", "#00ffff"],
  ["rgb(50%, 0%, 100%)", "#8000ff"],
  ["rgb(12.5% 0% 0%)", "#200000"],
  ["rgb(1.6, 2.4, 3)", "#020203"],
  ["rgb(300, -1, 0)", "#ff0000"],
  ["rgba(1,2,3,0)", "#010203"],
])("parseColour_%s is %s", (text, colour) => expect(parseColour(text)).toBe(colour));

it.each([
  "",
  "#",
  "#12",
  "#12345",
  "#1234567",
  "#gggggg",
  "rgb(1,2)",
  "rgb(1,2,3",
  "hsl(120,50,50)",
  "transparent",
  "currentColor",
  "constructor",
  "__proto__",
  "url(x)",
  "red;}",
])("parseColour_%j is refused (L21)", (text) => expect(parseColour(text)).toBeNull());

test("a colour goes into OKLab and comes back", () => {
  fc.assert(fc.property(colours, (colour) => rgbOf(labOf(colour)) === colour));
});

test("the nearest colour of the palette to one of its own is that", () => {
  for (const entry of PALETTE) expect(nearestInPalette(entry.colour)).toEqual(entry);
});

it.each([
  ["#ff0000", 1],
  ["#0000ff", 9],
  ["#00a000", 5],
  ["#ffff00", 4],
])("nearestInPalette_%s_has hue %d", (colour, hue) => expect(nearestInPalette(colour).hue).toBe(hue));

test("a tag has the hue of its name, the hue that was chosen, or a colour of its own", () => {
  expect(tagColour("#acme", null)).toEqual({ hue: hueOf("#acme") });
  expect(tagColour("#acme", "#0087ab")).toEqual({ hue: 8 });
  expect(tagColour("#acme", "#012345")).toEqual({ colour: "#012345" });
});

test("contrast is WCAG's", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("any colour stands out from light and dark paper, and one that does stays as it is", () => {
  fc.assert(
    fc.property(colours, fc.constantFrom(LIGHT, DARK), fc.constantFrom(3, 4.5, 7), (colour, paper, least) => {
      const shown = standingOut(colour, paper, least);
      expect(contrast(shown, paper)).toBeGreaterThanOrEqual(least);
      if (contrast(colour, paper) >= least) expect(shown).toBe(colour);
    }),
  );
});

test("a colour that had to change keeps its hue", () => {
  const hue = (colour: string): number => Math.atan2(labOf(colour).b, labOf(colour).a);
  for (const { colour, lightness } of PALETTE.filter((entry) => entry.lightness === 82)) {
    const shown = standingOut(colour, LIGHT);
    expect(100 * labOf(shown).lightness).toBeLessThan(lightness);
    expect(Math.abs(hue(shown) - hue(colour)), colour).toBeLessThan(0.2);
  }
});
