import { tagsIn } from "./combo.ts";

/** The selected tags, in the order of their selection. A record is selected when it has all of them. */
export type Selection = readonly string[];

/** The selection with more tags; those it has keep their place. */
export const selectTags = (selection: Selection, tags: readonly string[]): Selection => [
  ...new Set([...selection, ...tags]),
];

/** The selection with all tags of a combo. */
export const selectCombo = (selection: Selection, combo: string): Selection =>
  selectTags(selection, tagsIn(combo));

/** The selection without a tag. */
export const unselectTag = (selection: Selection, tag: string): Selection =>
  selection.filter((selected) => selected !== tag);
