/** A text as it is compared: without capitals, accents and other marks. */
const plain = (text: string): string =>
  text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}?#]+/u)
    .filter(Boolean);

/** The texts under which something is found: its name, and other words for it. */
export interface Names {
  readonly name: string;
  readonly others: string;
}

/** How well something fits what is typed, 0 being best; null where it does not. */
function rank({ name, others }: Names, typed: string): number | null {
  const words = wordsOf(typed);
  const [inName, inOthers] = [wordsOf(name), wordsOf(others)];
  const begins = (list: readonly string[], word: string): boolean => list.some((one) => one.startsWith(word));
  if (plain(name).startsWith(plain(typed).trim())) return 0;
  if (words.every((word) => begins(inName, word))) return 1;
  if (words.every((word) => begins(inName, word) || begins(inOthers, word))) return 2;
  // In the middle of a word, as in the German ones that are made of several.
  const all = `${plain(name)} ${plain(others)}`;
  return words.every((word) => word.length > 1 && all.includes(word)) ? 3 : null;
}

/** What has every word that is typed, in any order, the best first; without any word all of it, as it stands. */
export function withWords<T>(items: readonly T[], typed: string, namesOf: (item: T) => Names): readonly T[] {
  if (wordsOf(typed).length === 0) return typed.trim() === "" ? items : [];
  return items
    .map((item) => ({ item, rank: rank(namesOf(item), typed) }))
    .filter((each): each is { item: T; rank: number } => each.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
