/** The white space of descriptions. It is ASCII: every character above 127 is one of tags. */
export const BLANKS = " \t\n\v\f\r";

/**
 * The text without those of the characters that stand at its end. (A regular expression would try again from each of them
 * that stands elsewhere, which takes the square of their number.)
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
