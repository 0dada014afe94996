// A calendar over plain numbers and one function, "what is the offset then?", is all that the client needs. The browser
// answers it: for its own zone by `Date`, for any other by `Intl`. A polyfill of Temporal would take a third of the size
// that the app may have, and every time would have to be made into one of its objects and back.

/** A time zone: how far its clocks are from UTC. */
export interface Zone {
  /** Its IANA name. */
  readonly name: string;
  /**
   * Seconds to add to UTC to get what the zone's clocks show at a moment, given in unix seconds. Throws a RangeError for a
   * time that a date cannot hold, so that no calendar reckons on with what is no number.
   */
  offsetAt(time: number): number;
}

/** The last moment that the client reckons with, in unix seconds: the end of the year 9999. What is later is a slip. */
export const LATEST = Date.UTC(10_000, 0, 1) / 1000 - 1;

const DAY = 86_400;

/** The zone of this device, whatever that is at the moment of the call. */
export const localZone: Zone = {
  get name() {
    return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  offsetAt(time) {
    const minutes = new Date(time * 1000).getTimezoneOffset();
    if (Number.isNaN(minutes)) throw new RangeError("A date cannot hold this time.");
    return -60 * minutes;
  },
};

/** The zone of an IANA name; throws a RangeError when there is none. */
export function namedZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const ask = (time: number): number => {
    const parts = format.formatToParts(time * 1000).filter(({ type }) => type !== "literal");
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = parts.map(
      ({ value }) => +value,
    );
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - Math.floor(time);
    // The years of antiquity come out as others.
    if (Math.abs(offset) > DAY) throw new RangeError("Years before 100 cannot be asked for.");
    return offset;
  };
  // Asking costs microseconds, and a screen asks thousands of times. The offset is remembered for the ends of UTC
  // days; between two equal ends it is the same, since no zone changes its clocks there and back within a day.
  const known = new Map<number, number>();
  const atStartOf = (day: number): number => {
    const offset = known.get(day) ?? ask(day * DAY);
    known.set(day, offset);
    return offset;
  };
  return {
    name,
    offsetAt(time) {
      const day = Math.floor(time / DAY);
      const offset = atStartOf(day);
      return offset === atStartOf(day + 1) ? offset : ask(time);
    },
  };
}

/** What the zone's clocks show at a moment: seconds, counted as unix seconds are but in local time. */
export const wallAt = (time: number, zone: Zone): number => time + zone.offsetAt(time);

/** The first moment after `from`, and at or before `to`, whose offset is not that of `from`. There must be one. */
export function changeBetween(from: number, to: number, zone: Zone): number {
  const offset = zone.offsetAt(from);
  let [same, other] = [Math.floor(from), Math.ceil(to)];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (zone.offsetAt(middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}

/** What to do with a time that clocks show twice, or not at all. */
export interface Choice {
  /** Of two moments take the one with this offset; without it, or where neither has it, the first. */
  readonly offset?: number;
  /**
   * A time that clocks leave out: `forward` or `back` by as much as they leave out, so that 02:30 becomes 03:30 or
   * 01:30; or the moment of the `change`.
   */
  readonly gap?: "forward" | "back" | "change";
}

/** The moments at which the zone's clocks show `wall`, in order: one, two where they are turned back, none where forward. */
export function showingsOf(wall: number, zone: Zone): readonly number[] {
  const [before, after] = [zone.offsetAt(wall - DAY), zone.offsetAt(wall + DAY)];
  if (before === after) return [wall - before];
  return [wall - before, wall - after].filter((time) => wallAt(time, zone) === wall);
}

/** The moment at which the zone's clocks show `wall`. */
export function momentOf(wall: number, zone: Zone, { offset, gap = "forward" }: Choice = {}): number {
  const [first, second] = showingsOf(wall, zone);
  if (first !== undefined) return second !== undefined && wall - second === offset ? second : first;
  const [early, late] = [wall - zone.offsetAt(wall + DAY), wall - zone.offsetAt(wall - DAY)];
  if (gap === "change") return changeBetween(early, late, zone);
  return gap === "back" ? early : late;
}
