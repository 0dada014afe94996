import { hasAll, tagsIn } from "./combo.ts";

/** How a screen wants the tags of combos ordered. */
export interface OrderOptions {
  /** The selected tags, in the order of their selection: only combos that have all of them are shown, these tags first. */
  readonly selected?: readonly string[];
  /** Leave the selected tags out of what is shown; a combo can be empty then. */
  readonly withoutSelected?: boolean;
  /** 1 for primary tags, which is what a tag is that is not in the map; more comes later. */
  readonly priorities?: ReadonlyMap<string, number>;
}

// Ties are frequent, and what breaks them must not be the noise of rounding: all scores and votes are whole numbers.
interface Score {
  /** Priority and selection. */
  rank: number;
  /** How exclusively the tag connects others, in a unit that makes it whole. With many combos it outgrows a double. */
  links: bigint;
  seconds: number;
}

const noScore = (): Score => ({ rank: 0, links: 0n, seconds: 0 });

const compareScores = (a: Score, b: Score): number =>
  b.rank - a.rank || Number(b.links > a.links) - Number(b.links < a.links) || b.seconds - a.seconds;

/** The least number that all of them divide. */
function commonMultiple(numbers: Iterable<number>): bigint {
  let multiple = 1n;
  for (const number of new Set(numbers)) {
    let [divisor, rest] = [multiple, BigInt(number)];
    while (rest > 0n) [divisor, rest] = [rest, divisor % rest];
    multiple = (multiple / divisor) * BigInt(number);
  }
  return multiple;
}

function scoreTags(
  totals: ReadonlyMap<string, number>,
  combos: ReadonlyMap<string, readonly string[]>,
  { selected = [], priorities }: OrderOptions,
): ReadonlyMap<string, Score> {
  const occurrences = new Map<string, number>();
  for (const tags of combos.values()) {
    for (const tag of tags) occurrences.set(tag, (occurrences.get(tag) ?? 0) + 1);
  }
  const scores = new Map<string, Score>();
  for (const tag of occurrences.keys()) {
    scores.set(tag, { ...noScore(), rank: -Math.min(priorities?.get(tag) ?? 1, 10) });
  }
  selected.forEach((tag, i) => {
    const score = scores.get(tag);
    if (score !== undefined) score.rank += 100 - 10 * i;
  });
  const whole = commonMultiple(occurrences.values());
  const shares = new Map([...occurrences].map(([tag, count]) => [tag, whole / BigInt(count)]));
  const share = (tag: string): bigint => shares.get(tag) ?? 0n;
  for (const [combo, tags] of combos) {
    const all = tags.reduce((sum, tag) => sum + share(tag), 0n);
    for (const tag of tags) {
      const score = scores.get(tag);
      if (score === undefined) continue;
      score.seconds += totals.get(combo) ?? 0;
      score.links += all - share(tag);
    }
  }
  return scores;
}

/**
 * In which order to show the tags of each combo, so that combos share their first tags: the tags that connect others lead
 * (client before activity), and a tag keeps the place that it took in weightier combos. Gives the shown tags by combo.
 */
export function displayOrder(
  totals: ReadonlyMap<string, number>,
  options: OrderOptions = {},
): ReadonlyMap<string, readonly string[]> {
  const { selected = [], withoutSelected = false } = options;
  const names = [...totals.keys()].filter((combo) => hasAll(combo, selected)).sort();
  const combos = new Map(names.map((combo) => [combo, tagsIn(combo)]));
  const scores = scoreTags(totals, combos, options);
  const scoreOf = (tag: string): Score => scores.get(tag) ?? noScore();
  const sums = new Map<string, Score>();
  for (const [combo, tags] of combos) {
    const sum = noScore();
    for (const tag of tags) {
      const score = scoreOf(tag);
      sum.rank += score.rank;
      sum.links += score.links;
      sum.seconds += score.seconds;
    }
    sums.set(combo, sum);
  }
  const sumOf = (combo: string): Score => sums.get(combo) ?? noScore();

  // Not spread into one call of Math.max, which takes only so many arguments.
  let depth = 0;
  for (const tags of combos.values()) depth = Math.max(depth, tags.length);
  const votes = new Map<string, number[]>();
  const votesOf = (tag: string): number[] => {
    const own = votes.get(tag) ?? Array.from({ length: depth }, () => 0);
    votes.set(tag, own);
    return own;
  };
  const shown = new Map<string, readonly string[]>();
  for (const combo of names.sort((a, b) => compareScores(sumOf(a), sumOf(b)))) {
    const left = [...(combos.get(combo) ?? [])];
    const placed: string[] = [];
    while (left.length > 0) {
      const at = placed.length;
      const vote = (tag: string): number => votesOf(tag)[at] ?? 0;
      const best = left.reduce((one, other) =>
        (vote(other) - vote(one) || compareScores(scoreOf(one), scoreOf(other))) > 0 ? other : one,
      );
      placed.push(best);
      left.splice(left.indexOf(best), 1);
    }
    placed.forEach((tag, at) => {
      const own = votesOf(tag);
      own.forEach((vote, i) => {
        own[i] = vote + (i === at ? depth : -1);
      });
    });
    shown.set(combo, withoutSelected ? placed.filter((tag) => !selected.includes(tag)) : placed);
  }
  return shown;
}

/**
 * The combos in the order of a list: families, which begin with the same shown tags, together, the family with the most
 * time first, and in it its members by their time; what a family has in common precedes its members.
 */
export function familyOrder(
  shown: ReadonlyMap<string, readonly string[]>,
  totals: ReadonlyMap<string, number>,
): readonly string[] {
  const families = new Map<string, number>();
  const prefix = (tags: readonly string[], length: number): string => tags.slice(0, length).join(" ");
  for (const [combo, tags] of shown) {
    for (let length = 1; length <= tags.length; length++) {
      const family = prefix(tags, length);
      families.set(family, (families.get(family) ?? 0) + (totals.get(combo) ?? 0));
    }
  }
  return [...shown]
    .sort(([, a], [, b]) => {
      let same = 0;
      while (same < a.length && same < b.length && a[same] === b[same]) same++;
      if (same === a.length || same === b.length) return a.length - b.length;
      const [one, other] = [prefix(a, same + 1), prefix(b, same + 1)];
      return (families.get(other) ?? 0) - (families.get(one) ?? 0) || (one < other ? -1 : 1);
    })
    .map(([combo]) => combo);
}
