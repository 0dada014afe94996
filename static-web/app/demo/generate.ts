import { newKey } from "../domain/key.ts";
import { nextMt, type Setting, type TimeRecord } from "../domain/record.ts";
import { CLIENTS, COLOURS, OVERHEAD, TODAY, type Work } from "./words.ts";

/** How many years before the current one there are. */
export const YEARS_BEFORE = 5;

const MINUTE = 60;
const STARTS_AT = 8;
/** Nobody begins another piece of work that would last beyond this hour, once three are done. */
const ENDS_BY = 20;
const FEWEST = 3;

/** A number at least 0 and below 1. */
type Random = () => number;

/** Numbers that a seed decides: mulberry32, which is small, fast and random enough for what is only looked at. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const below = (random: Random, n: number): number => Math.floor(random() * n);

function pick<T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T {
  const item = list[below(random, list.length)];
  if (item === undefined) throw new RangeError("There is nothing to pick from.");
  return item;
}

function recordOf(random: Random, t1: number, t2: number, ds: string): TimeRecord {
  const key = newKey((into) => {
    for (let i = 0; i < into.length; i++) into[i] = below(random, 256);
  });
  return { key, mt: t2, st: t2, t1, t2, ds };
}

/** The records of a year, up to `now` (unix seconds): the same for the same seed, year and moment. */
export function demoYear(seed: number, year: number, now: number): readonly TimeRecord[] {
  const records: TimeRecord[] = [];
  for (let month = 0; month < 12; month++) {
    // Each month has numbers of its own, so that it does not matter what was made before it.
    const random = randomFrom(Math.imul(seed ^ (year * 12 + month), 0x9e37_79b1));
    const works = [pick(random, OVERHEAD), pick(random, CLIENTS), pick(random, CLIENTS)];
    for (let day = 1; new Date(year, month, day).getMonth() === month; day++) {
      const date = new Date(year, month, day);
      if (date.toDateString() === new Date(now * 1000).toDateString()) records.push(...today(random, now));
      else if (date.getDay() % 6 !== 0) records.push(...workday(random, date, works, now));
    }
  }
  return records;
}

function workday(random: Random, date: Date, works: readonly Work[], now: number): readonly TimeRecord[] {
  const at = (hour: number): number => new Date(date).setHours(hour) / 1000;
  const records: TimeRecord[] = [];
  let t = at(STARTS_AT);
  for (let left = FEWEST + below(random, 6); left > 0; left--) {
    const t1 = t + pick(random, [0, 10, 20]) * MINUTE;
    const t2 = t1 + (60 + below(random, 120)) * MINUTE;
    if (t2 > now - MINUTE || (records.length >= FEWEST && t2 > at(ENDS_BY))) break;
    const work = pick(random, works);
    const tags = pick(random, work.combos).join(" ");
    records.push(recordOf(random, t1, t2, `${pick(random, work.doings)} ${tags}`));
    t = t2;
  }
  return records;
}

function today(random: Random, now: number): readonly TimeRecord[] {
  const at = (clock: string): number => {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return new Date(now * 1000).setHours(hours, minutes, 0, 0) / 1000;
  };
  return TODAY.filter(([, to]) => at(to) <= now).map(([from, to, ds]) =>
    recordOf(random, at(from), at(to), ds),
  );
}

/** The settings of the demo: tags with colours. */
export function demoSettings(now: number): readonly Setting[] {
  return Object.entries(COLOURS).map(([tag, color]) => ({
    key: `taginfo ${tag}`,
    mt: nextMt(undefined, now),
    st: now,
    value: { targets: {}, priority: 0, color },
  }));
}
