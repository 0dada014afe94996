import { BLANKS, withoutEnd } from "./blanks.ts";

/** A description, taken apart. */
export interface ParsedDescription {
  /** The distinct tags, with their hash, in lower case, sorted by UTF-16 unit. */
  readonly tags: readonly string[];
  /** Text and tags in the order of the description; joined they are the normalised description. */
  readonly parts: readonly DescriptionPart[];
}

/** A piece of a description: a tag or the text between tags. */
export interface DescriptionPart {
  readonly kind: "tag" | "text";
  readonly text: string;
}

/** The characters of tags, as they stand in a regular expression's brackets. */
export const TAG_CHARACTERS = String.raw`A-Za-z0-9\-_/\u0080-\uffff`;

const TAG = new RegExp(`^[${TAG_CHARACTERS}]+`);
const ALPHANUMERIC = /[A-Za-z0-9]/;

const OUTSIDE_ASCII = /[\u0080-\uffff]/;

/** Lower case one code point at a time, so that every language and platform gets the same tag. */
function lowerCase(tag: string): string {
  if (!OUTSIDE_ASCII.test(tag)) return tag.toLowerCase();
  let result = "";
  for (const character of tag) {
    const lower = character.toLowerCase();
    result += [...lower].length === 1 ? lower : character;
  }
  return result;
}

/** Finds the tags of a description; a hash inside an address (`https://a.b/#c`) is part of the address. */
export function parseDescription(ds: string): ParsedDescription {
  const parts: DescriptionPart[] = [];
  let text = "";
  let inAddress = false;
  let tagEnd = 0;
  let i = 0;
  const endText = (): void => {
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
  };
  while (i < ds.length) {
    const unit = ds.charAt(i);
    if (unit === "#" && !inAddress) {
      if (text === "" && parts.length > 0) text = " ";
      const name = TAG.exec(ds.slice(i + 1))?.[0];
      if (name !== undefined) {
        endText();
        parts.push({ kind: "tag", text: lowerCase(`#${name}`) });
        i += 1 + name.length;
        tagEnd = i;
        continue;
      }
    } else if (BLANKS.includes(unit)) {
      inAddress = false;
    } else if (i > tagEnd && ds.startsWith("://", i) && ALPHANUMERIC.test(ds.charAt(i - 1))) {
      inAddress = true;
    }
    text += unit;
    i += 1;
  }
  text = withoutEnd(text, BLANKS);
  endText();
  const tags = new Set(parts.filter((part) => part.kind === "tag").map((part) => part.text));
  return { tags: [...tags].sort(), parts };
}

/** The description as it is stored: tags in lower case and set apart, no white space at the end. */
export function normaliseTags(ds: string): string {
  return parseDescription(ds)
    .parts.map((part) => part.text)
    .join("");
}

const ANY_TAG = new RegExp(`#[${TAG_CHARACTERS}]+`, "g");

/** The tags of a description as `parseDescription` finds them, for those who ask about thousands of descriptions. */
export function findTags(ds: string): readonly string[] {
  // Without an address every hash before a tag character begins a tag.
  if (ds.includes("://")) return parseDescription(ds).tags;
  const found = ds.match(ANY_TAG);
  return found === null ? [] : [...new Set(found.map(lowerCase))].sort();
}
