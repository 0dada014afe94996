import { UNTAGGED } from "./combo.ts";
import type { Json } from "./record.ts";
import { parseDescription } from "./tags.ts";

/** The setting that holds a person's presets: a list of tags joined by blanks, empty for a blank line. */
export const PRESETS_KEY = "tag_presets";

/** What a person wrote as presets, one a line. */
export interface ReadPresets {
  /** One for each line: its tags in the order in which they were typed, without other words. */
  readonly presets: readonly string[];
  /** How many different tags they have. */
  readonly tags: number;
  /** The numbers of the lines, from 1, on which words were left out that are no tags. */
  readonly shortened: readonly number[];
}

/** Takes the tags of each line. */
export function readPresets(text: string): ReadPresets {
  const lines = text.trimEnd() === "" ? [] : text.trimEnd().split(/\r\n|\r|\n/);
  const parsed = lines.map((line) => parseDescription(line).parts);
  const tagsByLine = parsed.map((parts) => [
    ...new Set(
      parts.filter(({ kind, text: tag }) => kind === "tag" && tag !== UNTAGGED).map((part) => part.text),
    ),
  ]);
  const hasWords = parsed.map((parts) =>
    parts.some((part) => part.kind === "text" && part.text.trim() !== ""),
  );
  return {
    presets: tagsByLine.map((tags) => tags.join(" ")),
    tags: new Set(tagsByLine.flat()).size,
    shortened: hasWords.flatMap((has, i) => (has ? [i + 1] : [])),
  };
}

/** The presets of the setting's value, blank lines included; what is no text is left out. */
export const presetsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((preset): preset is string => typeof preset === "string") : [];
