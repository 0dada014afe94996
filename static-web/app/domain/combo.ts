import { findTags, TAG_CHARACTERS } from "./tags.ts";

/**
 * What a record without tags is counted as. The word is reserved: typed as a tag it says nothing, so that it cannot mix
 * untagged time with that of a tag.
 */
export const UNTAGGED = "#untagged";

/** The tags of a description that count, sorted; typed or not, `#untagged` is none. */
export const tagsOf = (ds: string): readonly string[] => findTags(ds).filter((tag) => tag !== UNTAGGED);

/**
 * The name of a set of tags: sorted and joined by blanks, as settings are named by it; `#untagged` for none. The order
 * of a combo on the screen is another matter: see `displayOrder`.
 */
export const comboOf = (tags: Iterable<string>): string => [...new Set(tags)].sort().join(" ") || UNTAGGED;

/** The combo of a description. */
export const comboIn = (ds: string): string => tagsOf(ds).join(" ") || UNTAGGED;

/** The tags of a combo. */
export const tagsIn = (combo: string): readonly string[] => combo.split(" ");

/** Whether a combo has all of the tags. */
export function hasAll(combo: string, tags: readonly string[]): boolean {
  const own = new Set(tagsIn(combo));
  return tags.every((tag) => own.has(tag));
}

/** The totals of the combos that have all of the tags. */
export function selectTotals(
  totals: ReadonlyMap<string, number>,
  tags: readonly string[],
): ReadonlyMap<string, number> {
  return new Map([...totals].filter(([combo]) => hasAll(combo, tags)));
}

/** The seconds of all combos. */
export function sumOf(totals: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const seconds of totals.values()) sum += seconds;
  return sum;
}

/** The seconds of each tag. A combo counts for each of its tags, so these add up to more than the time there was. */
export function totalsByTag(totals: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const byTag = new Map<string, number>();
  for (const [combo, seconds] of totals) {
    for (const tag of tagsIn(combo)) byTag.set(tag, (byTag.get(tag) ?? 0) + seconds);
  }
  return byTag;
}

const OTHER_CHARACTERS = new RegExp(`[^${TAG_CHARACTERS}]+`, "g");

/**
 * A tag for a name from elsewhere, such as a project's: other characters become dashes. The case stays, as the
 * description's normal form lowers it. Null for less than two characters, and for the reserved word.
 */
export function tagFor(name: string): string | null {
  const word = name.trim().replace(OTHER_CHARACTERS, (_, at: number) => (at === 0 ? "" : "-"));
  const tag = `#${word}`;
  return word.length < 2 || tag.toLowerCase() === UNTAGGED ? null : tag;
}
