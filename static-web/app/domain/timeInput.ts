import { LATEST } from "./calendar/zone.ts";

/** What a clock shows, or how far it has run; hours and, where units were typed, minutes and seconds may be many. */
export interface ClockTime {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

const UNITS = ["d", "h", "m", "s"] as const;
type Unit = (typeof UNITS)[number];
const SECONDS: Readonly<Record<Unit, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

const DIGITS = /^\d+$/;
const DECIMAL = /^\d*(?:\.\d+|,(?:\d|\d{3,}))$/;
const DOTTED = /^\d{1,2}\.\d{2}(?:\.\d{2})?$/;
const HALF_DAY = /^(.*\d)\s*([ap])(?:m|\.\s?m\.?)$/;
// A number with a unit may have a fraction; one without a unit belongs to the unit after the one before it.
const TOKEN =
  /(?:(\d*[.,]\d+|\d+)\s*(d|hr?|m(?:in)?|s(?:ec)?)(?![a-z])|(\d+))(?:\s*[:;,]\s*|\s+|(?<=[a-z])(?=\d)|$)/y;

type Parts = ReadonlyMap<Unit, number>;

/** What was typed as numbers and units; null when anything else is in it, or a unit comes after a smaller one. */
function readParts(text: string): Parts | null {
  const parts = new Map<Unit, number>();
  let last = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, number, named, bare] = TOKEN.exec(text) ?? [];
    const at = named === undefined ? last + 1 : UNITS.indexOf(named.charAt(0) as Unit);
    const unit = UNITS[at];
    const value = Number((number ?? bare)?.replace(",", "."));
    if (unit === undefined || Number.isNaN(value) || (parts.size > 0 && at <= last)) return null;
    // `1:90` is a slip, `1h90m` is meant.
    if (named === undefined && parts.size > 0 && value > 59) return null;
    parts.set(unit, value);
    last = at;
  }
  return parts.size === 0 ? null : parts;
}

/** `730` is 7:30 and `123456` is 12:34:56. */
function readDigits(digits: string): Parts | null {
  if (digits.length > 6) return null;
  const hourDigits = digits.length <= 2 ? digits.length : 2 - (digits.length % 2);
  const [hours, minutes, seconds] = [0, hourDigits, hourDigits + 2].map((from, i) =>
    Number(digits.slice(from, i === 0 ? hourDigits : from + 2) || 0),
  ) as [number, number, number];
  if (minutes > 59 || seconds > 59) return null;
  return new Map([
    ["h", hours],
    ["m", minutes],
    ["s", seconds],
  ]);
}

/** Lower case without outer blanks; digits and colons of East Asian keyboards as ours, and narrow or fixed blanks, too. */
const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

function toClock(parts: Parts): ClockTime | null {
  if (parts.has("d")) return null;
  const hours = Math.floor(parts.get("h") ?? 0);
  const more = Math.round(((parts.get("h") ?? 0) - hours) * 3600);
  const typed = parts.get("m") ?? 0;
  const minutes = Math.floor(typed) + Math.floor(more / 60);
  const rest = (more % 60) + Math.round((typed - Math.floor(typed)) * 60);
  const seconds = rest + Math.round(parts.get("s") ?? 0);
  return isSensible(hours * 3600 + minutes * 60 + seconds) ? { hours, minutes, seconds } : null;
}

/** Whether a length of time is one: figures that somebody leaned on can be more than numbers hold. */
const isSensible = (seconds: number): boolean => seconds <= LATEST;

/**
 * A time of day as people type it: `7`, `7:05`, `7 05`, `7.05`, `730`, `0730`, `070530`, `7h05`, `1:30:15`, `7pm`,
 * `12:30 am`, `12:30 a.m.`. Hours above 23 are of the days after. Null when it is not one.
 */
export function parseTimeOfDay(text: string): ClockTime | null {
  const [, before, half] = HALF_DAY.exec(plain(text)) ?? [];
  const clock = before ?? plain(text);
  const parts = DIGITS.test(clock)
    ? readDigits(clock)
    : readParts(DOTTED.test(clock) ? clock.replaceAll(".", ":") : clock);
  const time = parts === null ? null : toClock(parts);
  if (time === null || half === undefined) return time;
  if (half === "p") return time.hours < 12 ? { ...time, hours: time.hours + 12 } : time;
  if (time.hours > 12) return null;
  return time.hours === 12 ? { ...time, hours: 0 } : time;
}

/**
 * A duration as people type it, in seconds: `90` is minutes, `1.5` is hours, else `1:30`, `1:30:15`, `0130`, `1h30`,
 * `1,5h`, `90 min`, `45s`, `1d03h20m`. Null when it is not one.
 *
 * A dot begins a fraction of an hour, whatever the number of figures: `7.30` is 7 h 18. So does a comma, as in `1,5`, but
 * before two figures it parts hours and minutes, as it always has here: `7,30` is 7 h 30. With a unit both begin a
 * fraction: `1,50h` is 1 h 30. (In a time of day `7.30` and `7,30` are half past seven.)
 */
export function parseDuration(text: string): number | null {
  const typed = plain(text);
  const seconds = secondsOf(typed);
  return seconds !== null && isSensible(seconds) ? Math.round(seconds) : null;
}

function secondsOf(typed: string): number | null {
  if (DECIMAL.test(typed)) return Number(typed.replace(",", ".")) * 3600;
  if (DIGITS.test(typed) && !/^0\d{3}(?:\d\d)?$/.test(typed)) return Number(typed) * 60;
  const parts = DIGITS.test(typed) ? readDigits(typed) : readParts(typed);
  if (parts === null) return null;
  let seconds = 0;
  for (const [unit, value] of parts) seconds += value * SECONDS[unit];
  return seconds;
}
