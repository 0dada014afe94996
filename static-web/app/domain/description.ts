import { isHidden } from "./record.ts";
import { normaliseTags } from "./tags.ts";

/** The longest description the server takes, in code points. */
export const DESCRIPTION_LIMIT = 255;

/** A description a person typed: ready to be stored, or why it cannot be. */
export type CheckedDescription =
  | { readonly ok: true; readonly ds: string }
  | { readonly ok: false; readonly reason: "tooLong"; readonly excess: number }
  | { readonly ok: false; readonly reason: "hidden" };

/** One line, without what would hide its start, its tags normalised. */
export function cleanDescription(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll("\r", "")
    .replaceAll(/[\n\t]/g, " ");
  return normaliseTags(line.replace(/^[ "]+/, ""));
}

/** Cleans a typed description and refuses, never cuts, what cannot be stored. */
export function checkDescription(text: string): CheckedDescription {
  const ds = cleanDescription(text);
  const length = [...ds].length;
  if (length > DESCRIPTION_LIMIT) return { ok: false, reason: "tooLong", excess: length - DESCRIPTION_LIMIT };
  if (isHidden(ds)) return { ok: false, reason: "hidden" };
  return { ok: true, ds };
}
