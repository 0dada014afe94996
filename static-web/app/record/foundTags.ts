import { UNTAGGED } from "../domain/combo.ts";
import { parseDescription } from "../domain/tags.ts";

/** What was recognised as tags in words that are being typed. */
export interface FoundTags {
  /** The tags that count, each once, in the order in which they are typed. */
  readonly tags: readonly string[];
  /** Those of them that stand there more than once. They count once all the same. */
  readonly repeated: readonly string[];
  /** Whether the reserved word for no tags is among them: it says nothing. */
  readonly hasReserved: boolean;
}

/** The tags in words that are being typed. */
export function foundTags(ds: string): FoundTags {
  const typed = parseDescription(ds).parts.flatMap(({ kind, text }) => (kind === "tag" ? [text] : []));
  const counted = typed.filter((tag) => tag !== UNTAGGED);
  return {
    tags: [...new Set(counted)],
    repeated: [...new Set(counted.filter((tag, place) => counted.indexOf(tag) < place))],
    hasReserved: counted.length < typed.length,
  };
}
