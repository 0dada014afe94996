import { tagsIn } from "./combo.ts";

/** A tag with what lies below it: `#client` of `#client/acme`. */
export interface TagNode {
  readonly tag: string;
  /** The seconds of combos that have the tag or one below it, each counted once. */
  readonly seconds: number;
  /** The seconds of combos that have the tag itself. */
  readonly own: number;
  /** The tags directly below it, most time first. */
  readonly children: readonly TagNode[];
}

/** The tag that a tag lies below, if it does: before its last `/`, where there is a name on both sides. */
export function parentOf(tag: string): string | null {
  const slash = /^(#.*[^/])\/+[^/]+\/*$/s.exec(tag);
  return slash?.[1] ?? null;
}

/** The tag and the tags it lies below, the nearest first. */
export function pathOf(tag: string): readonly string[] {
  const path: string[] = [];
  for (let at: string | null = tag; at !== null; at = parentOf(at)) path.push(at);
  return path;
}

/** Whether a tag is another, or lies below it. */
export const isWithin = (tag: string, other: string): boolean => pathOf(tag).includes(other);

/** All tags of the totals as trees. Tags that only others lie below are there as well, with no time of their own. */
export function tagTrees(totals: ReadonlyMap<string, number>): readonly TagNode[] {
  const sums = new Map<string, { own: number; seconds: number }>();
  const sumOf = (tag: string): { own: number; seconds: number } => {
    const sum = sums.get(tag) ?? { own: 0, seconds: 0 };
    sums.set(tag, sum);
    return sum;
  };
  for (const [combo, seconds] of totals) {
    const tags = tagsIn(combo);
    for (const tag of tags) sumOf(tag).own += seconds;
    for (const tag of new Set(tags.flatMap(pathOf))) sumOf(tag).seconds += seconds;
  }
  const below = new Map<string | null, string[]>();
  for (const tag of sums.keys()) {
    const parent = parentOf(tag);
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [tag]);
    else siblings.push(tag);
  }
  const nodes = (parent: string | null): readonly TagNode[] =>
    (below.get(parent) ?? [])
      .map((tag) => ({ tag, ...sumOf(tag), children: nodes(tag) }))
      .sort((a, b) => b.seconds - a.seconds || (a.tag < b.tag ? -1 : 1));
  return nodes(null);
}
