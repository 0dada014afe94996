import { expect, it } from "vitest";
import { parseMoment } from "./calendar/moment.ts";
import { localZone } from "./calendar/zone.ts";
import { parseColour } from "./colour.ts";
import { tagFor } from "./combo.ts";
import { accept } from "./completion.ts";
import { cleanDescription } from "./description.ts";
import { shownDescription } from "./recordRules.ts";
import { findTags, parseDescription } from "./tags.ts";
import { parentOf, tagTrees } from "./tagTree.ts";
import { parseDuration, parseTimeOfDay } from "./timeInput.ts";

// People paste anything, and what they paste is read before its length is looked at. A reader whose time grows with the
// square of the length stops the page.

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseDescription,
  findTags,
  cleanDescription,
  shownDescription,
  tagFor,
  parentOf,
  parseColour,
  parseTimeOfDay,
  parseDuration,
  parseMoment: (text) => parseMoment(text, 0, localZone),
  accept: (text) =>
    accept(
      text,
      { kind: "tag", from: text.length, to: text.length, items: [], preselected: null },
      { text: "#a", lastUsed: null, isMatch: true },
    ),
};

/** Texts of about a length on which an expression can try the same again from each of its characters. */
const TEXTS: Readonly<Record<string, (length: number) => string>> = {
  blanks: (length) => `a${" ".repeat(length)}x`,
  tabs: (length) => `HIDDEN${"\t".repeat(length)}x`,
  hashes: (length) => `a${"#".repeat(length)}x`,
  slashes: (length) => `#a${"/".repeat(length)}b${"/".repeat(length)} `,
  figures: (length) => `${"1".repeat(length)}x`,
  "figures and blanks": (length) => `1${" ".repeat(length)}1${" ".repeat(length)}x`,
  "a colour": (length) => `rgb(1${" ".repeat(length)}x`,
  "a colour's figures": (length) => `rgb(${"1".repeat(length)}x`,
};

function shortest(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return Math.min(...times);
}

const [SHORT, LONG] = [1000, 64_000];
/** 64 times the length may take 64 times as long, or a little more; with the square it would be 4,096 times. */
const MOST = 512;
/** What the clock cannot tell from nothing, in milliseconds. */
const UNCLEAR = 0.5;

const cases = Object.keys(READERS).flatMap((reader) =>
  Object.keys(TEXTS).map((text) => [reader, text] as const),
);

it("tagTrees_many tags_take time that grows with their number, not with its square", () => {
  const totalsOf = (count: number) =>
    new Map(Array.from({ length: count }, (_, i) => [`#t${i}`, 1] as const));
  const [short, long] = [totalsOf(SHORT / 4), totalsOf(LONG / 4)].map((totals) =>
    shortest(() => tagTrees(totals)),
  );
  expect((long ?? 0) / Math.max(short ?? 0, UNCLEAR)).toBeLessThan(MOST);
});

it.each(cases)("%s_%s_takes time that grows with the length, not with its square", (reader, text) => {
  const [read, make] = [READERS[reader] ?? String, TEXTS[text] ?? String];
  const [short, long] = [make(SHORT), make(LONG)].map((typed) => shortest(() => read(typed)));
  expect((long ?? 0) / Math.max(short ?? 0, UNCLEAR)).toBeLessThan(MOST);
});
