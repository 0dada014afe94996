import { withoutEnd } from "./blanks.ts";
import { tagsOf } from "./combo.ts";
import { isHidden, isRunning, orderedTimes, type TimeRecord } from "./record.ts";
import { parseDescription, TAG_CHARACTERS } from "./tags.ts";

/** Something a person has used before. */
export interface Used {
  readonly text: string;
  /** When its last record ended, in unix seconds; that of a running one is now. */
  readonly lastUsed: number;
}

/** What suggestions are made from, each list in the order in which it is offered. */
export interface Sources {
  /** The tags of the last 12 weeks: those used often and lately first. */
  readonly recentTags: readonly Used[];
  /** All tags, the last used first. */
  readonly tags: readonly Used[];
  /** The presets, as they were entered. */
  readonly presets: readonly string[];
  /** The descriptions of the last 12 weeks, the last used first. */
  readonly descriptions: readonly Used[];
}

/** What is offered: a text to take, and whether it has what was typed. */
export interface Suggestion {
  readonly text: string;
  /** Null for presets. */
  readonly lastUsed: number | null;
  readonly isMatch: boolean;
}

/** The lists that can be asked for. */
export type SuggestionKind = "tag" | "preset" | "description";

/** What is offered for a text that is being typed. */
export interface Suggestions {
  readonly kind: SuggestionKind;
  /** What they replace: the part of the text between these places. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Suggestion[];
  /** The place of the one that Enter and Tab take; null when what is typed may well stay as it is. */
  readonly preselected: number | null;
}

const RECENT = 84 * 86_400;

const lastFirst = (a: Used, b: Used): number => b.lastUsed - a.lastUsed || (a.text < b.text ? -1 : 1);

const usedList = (lastUses: ReadonlyMap<string, number>): readonly Used[] =>
  [...lastUses].map(([text, lastUsed]) => ({ text, lastUsed })).sort(lastFirst);

/** Collects what suggestions are made from, one record after the other. Deleted records suggest nothing. */
export class SourceCollector {
  readonly #now: number;
  readonly #tags = new Map<string, number>();
  readonly #recentTags = new Map<string, number>();
  readonly #descriptions = new Map<string, number>();
  readonly #scores = new Map<string, number>();

  constructor(now: number) {
    this.#now = now;
  }

  /** Takes a record in. */
  add(record: TimeRecord): void {
    if (isHidden(record.ds)) return;
    const { t1, t2 } = orderedTimes(record.t1, record.t2);
    const end = isRunning(record) ? this.#now : t2;
    const isRecent = end > this.#now - RECENT && t1 <= this.#now;
    if (isRecent && record.ds !== "") use(this.#descriptions, record.ds, end);
    for (const tag of tagsOf(record.ds)) {
      use(this.#tags, tag, end);
      if (!isRecent) continue;
      use(this.#recentTags, tag, end);
      this.#scores.set(tag, (this.#scores.get(tag) ?? 0) + 1 / Math.max(60, this.#now - t1));
    }
  }

  /** What the records so far suggest, with the presets as they were entered. */
  sources(presets: readonly string[]): Sources {
    const score = ({ text }: Used): number => this.#scores.get(text) ?? 0;
    return {
      recentTags: usedList(this.#recentTags).toSorted((a, b) => score(b) - score(a)),
      tags: usedList(this.#tags),
      presets: [...new Set(presets)].filter((preset) => preset !== ""),
      descriptions: usedList(this.#descriptions),
    };
  }
}

function use(uses: Map<string, number>, text: string, end: number): void {
  uses.set(text, Math.max(uses.get(text) ?? 0, end));
}

/** What all of these records suggest. */
export function collectSources(
  records: Iterable<TimeRecord>,
  presets: readonly string[],
  now: number,
): Sources {
  const collector = new SourceCollector(now);
  for (const record of records) collector.add(record);
  return collector.sources(presets);
}

const PARTIAL_TAG = new RegExp(`(#{1,2})[${TAG_CHARACTERS}]*$`);

/** What is typed of a tag before the cursor: where it begins, with how many hashes, and its name in normal form. */
function partialTag(before: string): { from: number; hashes: number; name: string } | null {
  const typed = PARTIAL_TAG.exec(before);
  if (typed === null) return null;
  // As the grammar sees it: in an address a hash begins no tag.
  const last = parseDescription(`${before}x`).parts.at(-1);
  if (last?.kind !== "tag") return null;
  return { from: typed.index, hashes: typed[1]?.length ?? 1, name: last.text.slice(1, -1) };
}

const suggestionOf = ({ text, lastUsed }: Used): Suggestion => ({ text, lastUsed, isMatch: true });

/** Those whose name begins with what was typed, then, from two characters on, those that have it elsewhere. */
function matching<T>(
  list: readonly T[],
  name: string,
  namesOf: (item: T) => readonly string[],
): readonly T[] {
  const begins = list.filter((item) => namesOf(item).some((tag) => tag.startsWith(`#${name}`)));
  if (name.length < 2) return begins;
  const known = new Set(begins);
  return [
    ...begins,
    ...list.filter((item) => !known.has(item) && namesOf(item).some((tag) => tag.includes(name))),
  ];
}

/**
 * What to offer while a person types: for `#` recent tags, for `#abc` tags, for `##` and `##abc` presets, and for a first
 * word descriptions that have it. Null when nothing is to be shown; without items when nothing is known of that kind.
 */
export function suggest(text: string, cursor: number, sources: Sources): Suggestions | null {
  const partial = partialTag(text.slice(0, cursor));
  if (partial === null) return suggestDescriptions(text, sources);
  const { from, hashes, name } = partial;
  if (hashes === 2) {
    const presets = matching(sources.presets, name, (preset) => preset.split(" "));
    const items = presets.map((preset) => ({ text: preset, lastUsed: null, isMatch: true }));
    return { kind: "preset", from, to: cursor, items, preselected: items.length > 0 ? 0 : null };
  }
  const found = name === "" ? sources.recentTags : matching(sources.tags, name, ({ text: tag }) => [tag]);
  const exact = found.filter(({ text: tag }) => tag === `#${name}`);
  const items = [...exact, ...found.filter(({ text: tag }) => tag !== `#${name}`)].map(suggestionOf);
  // What is written out, known or new, is what is meant: Enter has other things to do then.
  return { kind: "tag", from, to: cursor, items, preselected: name === "" && items.length > 0 ? 0 : null };
}

function suggestDescriptions(text: string, { descriptions }: Sources): Suggestions | null {
  const word = text.toLowerCase();
  if (text.length < 2 || /\s/.test(text)) return null;
  const items = descriptions
    .filter((used) => used.text !== text && used.text.toLowerCase().includes(word))
    .map(suggestionOf);
  return items.length === 0
    ? null
    : { kind: "description", from: 0, to: text.length, items, preselected: null };
}

/** A whole list, as a button opens it: what has the text that is typed first, then the others, none twice. */
export function browse(
  kind: "recent" | "tag" | "preset",
  text: string,
  sources: Sources,
): readonly Suggestion[] {
  const { recentTags, tags, presets } = sources;
  const list: readonly Omit<Suggestion, "isMatch">[] =
    kind === "preset"
      ? presets.map((preset) => ({ text: preset, lastUsed: null }))
      : kind === "recent"
        ? recentTags
        : tags;
  const word = text.trim().toLowerCase();
  const isMatch = (item: { readonly text: string }): boolean => word !== "" && item.text.includes(word);
  return [
    ...list.filter(isMatch).map((item) => ({ ...item, isMatch: true })),
    ...list.filter((item) => !isMatch(item)).map((item) => ({ ...item, isMatch: false })),
  ];
}

/** The text, and where the cursor goes in it, when a suggestion is taken. What stands behind the cursor stays. */
export function accept(
  text: string,
  { kind, from, to }: Suggestions,
  taken: Suggestion,
): { readonly text: string; readonly cursor: number } {
  if (kind === "description") return { text: taken.text, cursor: taken.text.length };
  // A third hash belongs to what is replaced; one that stands apart was typed for itself, as in `C# #acme`.
  const before = withoutEnd(withoutEnd(text.slice(0, from), "#"), " ");
  const start = `${before}${before === "" ? "" : " "}${taken.text} `;
  return { text: start + text.slice(to).trimStart(), cursor: start.length };
}

/** The text with `#abc` before the cursor made `##abc`, or the other way; null where no tag is being typed. */
export function toggleKind(
  text: string,
  cursor: number,
): { readonly text: string; readonly cursor: number } | null {
  const partial = partialTag(text.slice(0, cursor));
  if (partial === null) return null;
  const { from, hashes } = partial;
  const hash = hashes === 1 ? "##" : "#";
  return {
    text: text.slice(0, from) + hash + text.slice(from + hashes),
    cursor: cursor + hash.length - hashes,
  };
}
