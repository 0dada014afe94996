import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "sass";
import { expect, test } from "vitest";

const folder = import.meta.dirname;
const sheets = ["site", "app"].map((name) => compile(join(folder, `${name}.scss`), { charset: false }).css);

/** The roles that a theme's mixin sets, as six hexadecimal digits. */
function roles(theme: "light" | "dark"): ReadonlyMap<string, string> {
  const source = readFileSync(join(folder, "tokens/_colours.scss"), "utf8");
  const body = new RegExp(`@mixin ${theme} \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
  return new Map(
    [...body.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)].map(([, role, hex]) => [role ?? "", hex ?? ""]),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["desk", "paper", "sheet", "running"];
const texts = ["ink", "ink-2", "accent", "accent-strong", "danger", "good", "focus"];

test.each(["light", "dark"] as const)("text and outlines stand out in the %s theme", (theme) => {
  const colours = roles(theme);
  const ratio = (role: string, on: string): number =>
    contrast(colours.get(role) ?? "", colours.get(on) ?? "");
  const weak = [
    ...texts.flatMap((role) => surfaces.map((on) => ({ role, on, least: 4.5 }))),
    ...["edge", "ink-3"].flatMap((role) => surfaces.map((on) => ({ role, on, least: 3 }))),
    { role: "on-accent", on: "accent", least: 4.5 },
    { role: "on-accent", on: "accent-strong", least: 4.5 },
  ].filter(({ role, on, least }) => !(ratio(role, on) >= least));
  expect(weak.map(({ role, on }) => `${role} on ${on}: ${ratio(role, on).toFixed(2)}`)).toEqual([]);
});

test("a tag's colour stands out from the paper in both themes", () => {
  const hues = [...(sheets[0] ?? "").matchAll(/--tag: light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/g)];
  expect(hues).toHaveLength(12);
  for (const [, light = "", dark = ""] of hues) {
    expect(contrast(light, roles("light").get("paper") ?? "")).toBeGreaterThanOrEqual(3);
    expect(contrast(dark, roles("dark").get("paper") ?? "")).toBeGreaterThanOrEqual(3);
  }
});

test("nothing is laid out from the left or right, so that it turns round with the direction of the script", () => {
  const physical =
    /(?:^|[\s;{])((?:margin|padding|border)-(?:left|right)[\w-]*|(?:left|right)|float)\s*:|text-align:\s*(?:left|right)/g;
  const uneven = /(?:padding|margin):\s*\S+ (\S+) \S+ (?!\1)[^;}\s]+[;}]/g;
  for (const css of sheets) {
    expect([...css.matchAll(physical), ...css.matchAll(uneven)].map(([match]) => match.trim())).toEqual([]);
  }
});

test("colours are named by role outside the tokens", () => {
  for (const css of sheets) {
    const rules = css.replace(/--[\w-]+:[^;}]*/g, "");
    expect(rules.match(/#[0-9a-f]{3,8}\b(?=[^{}]*[;}])/gi) ?? []).toEqual([]);
  }
});
