import { signal } from "@preact/signals";
import { localZone, namedZone, showingsOf, wallAt, type Zone } from "../domain/calendar/zone.ts";
import type { Range } from "../domain/day.ts";
import { type DurationPart, durationParts } from "../domain/durationStyle.ts";
import { SETTINGS, type SettingValue } from "../settings/catalogue.ts";
import { spoken, t } from "./t.ts";

/** A piece of a duration: figures are set in tabular digits, units smaller and lighter. */
export interface DurationPiece {
  readonly kind: "figure" | "unit";
  readonly text: string;
}

/** A space that keeps a figure and its unit on one line. */
const NO_BREAK = "\u00a0";

const UNITS = { d: "day", h: "hour", m: "minute", s: "second" } as const;

/** How a person wants dates, times and durations: the settings of these names. */
export interface Ways {
  readonly date: SettingValue<"date_repr">;
  readonly time: SettingValue<"time_repr">;
  readonly duration: SettingValue<"duration_repr">;
}

const CYCLES = { auto: {}, "24h": { hourCycle: "h23" }, ampm: { hourCycle: "h12" } } as const;
const DATES = {
  "dd-mm-yyyy": (y: string, m: string, d: string) => `${d}-${m}-${y}`,
  "yyyy-mm-dd": (y: string, m: string, d: string) => `${y}-${m}-${d}`,
  "mm/dd/yyyy": (y: string, m: string, d: string) => `${m}/${d}/${y}`,
};

const DEFAULTS: Ways = {
  date: SETTINGS.date_repr.byDefault,
  time: SETTINGS.time_repr.byDefault,
  duration: SETTINGS.duration_repr.byDefault,
};

/** Dates, times, figures and durations as they are written in one locale and time zone, and as a person wants them. */
export class Formats {
  readonly #ways: Ways;
  readonly #zone: Zone;
  readonly #time: Intl.DateTimeFormat;
  readonly #named: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #dateParts: Intl.DateTimeFormat;
  readonly #figure: Intl.NumberFormat;
  readonly #twoDigits: Intl.NumberFormat;
  readonly #spokenUnits: Readonly<Record<"h" | "m" | "s", Intl.NumberFormat>>;
  readonly #spokenList: Intl.ListFormat;
  readonly #minus: string;

  /** `timeZone` is the browser's own where it is left out. */
  constructor(locale: string, timeZone?: string, ways: Partial<Ways> = {}) {
    this.#ways = { ...DEFAULTS, ...ways };
    const dates = (options: Intl.DateTimeFormatOptions, of = locale): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat(of, timeZone === undefined ? options : { ...options, timeZone });
    this.#zone = timeZone === undefined ? localZone : namedZone(timeZone);
    this.#named = dates({ hour: "numeric", timeZoneName: "short" });
    this.#time = dates({ timeStyle: "short", ...CYCLES[this.#ways.time] });
    this.#weekday = dates({ weekday: "short" });
    this.#date = dates({ dateStyle: "long" });
    this.#dateParts = dates({ year: "numeric", month: "numeric", day: "numeric", calendar: "gregory" }, "en");
    this.#figure = new Intl.NumberFormat(locale, { useGrouping: false });
    this.#twoDigits = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 2 });
    const unit = (name: string): Intl.NumberFormat =>
      new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" });
    this.#spokenUnits = { h: unit("hour"), m: unit("minute"), s: unit("second") };
    this.#spokenList = new Intl.ListFormat(locale, { type: "unit", style: "narrow" });
    this.#minus = this.#figure.formatToParts(-1).find(({ type }) => type === "minusSign")?.value ?? "-";
  }

  /** The time of day of a moment (unix seconds), as clocks show it and people type it. */
  timeOfDay(seconds: number): string {
    return this.#time.format(seconds * 1000);
  }

  /**
   * The time of day of a moment (unix seconds), with the date when it is not on `day`. In the hour that clocks show twice in
   * autumn the name of the time goes with it: from 02:15 to 02:15 would be nothing.
   */
  time(seconds: number, day: Range): string {
    const name = this.#isShownTwice(seconds) ? `${NO_BREAK}${this.#nameOfTime(seconds)}` : "";
    const time = `${this.timeOfDay(seconds)}${name}`;
    if (seconds >= day.from && seconds <= day.to) return time;
    const weekday = this.#weekday.format(seconds * 1000);
    return t("date.withTime", { weekday, date: this.dateInFigures(seconds), time });
  }

  /** The date of a moment (unix seconds), written out. */
  date(seconds: number): string {
    return this.#date.format(seconds * 1000);
  }

  /** The date of a moment (unix seconds) in figures, in the order that the person wants. */
  dateInFigures(seconds: number): string {
    const parts = this.#dateParts.formatToParts(seconds * 1000);
    const partOf = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    const [month, day] = [partOf("month"), partOf("day")].map((n) => this.#twoDigits.format(n));
    return DATES[this.#ways.date](this.#figure.format(partOf("year")), month ?? "", day ?? "");
  }

  /** A duration in pieces: `2 h 05`, `5 min`, `29 s`; `1 d 03 h 20` or `27:20` if the person wants that. */
  durationPieces(seconds: number): readonly DurationPiece[] {
    const style = this.#ways.duration;
    const { sign, parts } = durationParts(seconds, { style });
    if (style === "colon") return [{ kind: "figure", text: this.#joined(sign, parts) }];
    return parts.flatMap(({ figure, unit }, i): readonly DurationPiece[] => {
      const text = this.#figureOf(sign, figure, i);
      // Minutes after hours need no name.
      if (unit === "" || (unit === "m" && i > 0)) return [{ kind: "figure", text }];
      return [
        { kind: "figure", text },
        { kind: "unit", text: t(`duration.${UNITS[unit]}`) },
      ];
    });
  }

  /** A duration as text: `2 h 05`, without a place to break the line. */
  duration(seconds: number): string {
    return this.durationPieces(seconds)
      .map(({ text }) => text)
      .join(NO_BREAK);
  }

  /** A duration to be read aloud, rounded as on the screen: `1 hr 5 min`, `29 sec`. */
  spokenDuration(seconds: number): string {
    const { parts } = durationParts(seconds, { style: "hms" });
    const said = parts.flatMap(({ figure, unit }) => {
      const isSaid = unit === "s" || Number(figure) > 0;
      return isSaid && unit !== "" && unit !== "d" ? [this.#spokenUnits[unit].format(Number(figure))] : [];
    });
    return this.#spokenList.format(said);
  }

  /** A duration that ticks: `0:00:09`, `27:20:05`. */
  clock(seconds: number): string {
    const { sign, parts } = durationParts(seconds, { style: "colon", seconds: true });
    return this.#joined(sign, parts);
  }

  #isShownTwice(seconds: number): boolean {
    const whole = Math.floor(seconds);
    return showingsOf(wallAt(whole, this.#zone), this.#zone).length > 1;
  }

  /** What the clocks' time is called at a moment: `GMT+2`, `MESZ`. */
  #nameOfTime(seconds: number): string {
    const parts = this.#named.formatToParts(seconds * 1000);
    return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  }

  #joined(sign: string, parts: readonly DurationPart[]): string {
    return parts.map(({ figure }, i) => this.#figureOf(sign, figure, i)).join(":");
  }

  /** A figure in the locale's digits; the first has the sign, those after it have two. */
  #figureOf(sign: string, figure: string, at: number): string {
    if (at > 0) return this.#twoDigits.format(Number(figure));
    return `${sign === "" ? "" : this.#minus}${this.#figure.format(Number(figure))}`;
  }
}

/** How the person who uses the page wants it. */
const ways = signal<Ways>(DEFAULTS);

/** Writes dates, times and durations in these ways from now on; what is on the screen follows. */
export function writeAs(wanted: Ways): void {
  ways.value = wanted;
}

let current: { readonly locale: string; readonly ways: Ways; readonly formats: Formats } | undefined;

/** The formats of the person and the language that the page speaks. Making them is slow, so they are kept until either changes. */
export function formats(): Formats {
  const { locale } = spoken();
  if (current?.locale !== locale || current.ways !== ways.value)
    current = { locale, ways: ways.value, formats: new Formats(locale, undefined, ways.value) };
  return current.formats;
}
