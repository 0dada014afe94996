import type { Range } from "../domain/day.ts";
import { clockParts, durationParts } from "../domain/duration.ts";
import { spoken, t } from "./t.ts";

/** A piece of a duration: figures are set in tabular digits, units smaller and lighter. */
export interface DurationPiece {
  readonly kind: "figure" | "unit";
  readonly text: string;
}

/** A space that keeps a figure and its unit on one line. */
const NO_BREAK = "\u00a0";

/** Dates, times, figures and durations as they are written in one locale and time zone. */
export class Formats {
  readonly #time: Intl.DateTimeFormat;
  readonly #dayAndTime: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #figure: Intl.NumberFormat;
  readonly #twoDigits: Intl.NumberFormat;
  readonly #spokenUnits: Readonly<Record<"hour" | "minute" | "second", Intl.NumberFormat>>;
  readonly #spokenList: Intl.ListFormat;
  readonly #minus: string;

  /** `timeZone` is the browser's own where it is left out. */
  constructor(locale: string, timeZone?: string) {
    const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone });
    this.#time = dates({ timeStyle: "short" });
    this.#dayAndTime = dates({
      weekday: "short",
      day: "numeric",
      month: "short",
      // As the short time has it: 02:30, but 2:30 AM.
      hour: this.#time.resolvedOptions().hourCycle === "h23" ? "2-digit" : "numeric",
      minute: "2-digit",
    });
    this.#date = dates({ dateStyle: "long" });
    this.#figure = new Intl.NumberFormat(locale, { useGrouping: false });
    this.#twoDigits = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 2 });
    const unit = (name: string): Intl.NumberFormat =>
      new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" });
    this.#spokenUnits = { hour: unit("hour"), minute: unit("minute"), second: unit("second") };
    this.#spokenList = new Intl.ListFormat(locale, { type: "unit", style: "narrow" });
    this.#minus = this.#figure.formatToParts(-1).find(({ type }) => type === "minusSign")?.value ?? "-";
  }

  /** The time of day of a moment (unix seconds), with the date when it is not on `day`. */
  time(seconds: number, day: Range): string {
    const isOnDay = seconds >= day.from && seconds <= day.to;
    return (isOnDay ? this.#time : this.#dayAndTime).format(seconds * 1000);
  }

  /** The date of a moment (unix seconds), written out. */
  date(seconds: number): string {
    return this.#date.format(seconds * 1000);
  }

  /** A duration in pieces: `2 h 05`, `5 min`, `29 s`. */
  durationPieces(seconds: number): readonly DurationPiece[] {
    const parts = durationParts(seconds);
    const figure = (n: number): DurationPiece => ({ kind: "figure", text: this.#signed(seconds, n) });
    if ("seconds" in parts) return [figure(parts.seconds), { kind: "unit", text: t("duration.second") }];
    if (parts.hours === 0) return [figure(parts.minutes), { kind: "unit", text: t("duration.minute") }];
    return [
      figure(parts.hours),
      { kind: "unit", text: t("duration.hour") },
      { kind: "figure", text: this.#twoDigits.format(parts.minutes) },
    ];
  }

  /** A duration as text: `2 h 05`, without a place to break the line. */
  duration(seconds: number): string {
    return this.durationPieces(seconds)
      .map(({ text }) => text)
      .join(NO_BREAK);
  }

  /** A duration to be read aloud, rounded as on the screen: `1 hr 5 min`, `29 sec`. */
  spokenDuration(seconds: number): string {
    const { hour, minute, second } = this.#spokenUnits;
    const parts = durationParts(seconds);
    if ("seconds" in parts) return second.format(parts.seconds);
    const said = [];
    if (parts.hours > 0) said.push(hour.format(parts.hours));
    if (parts.minutes > 0) said.push(minute.format(parts.minutes));
    return this.#spokenList.format(said);
  }

  /** A duration that ticks: `0:00:09`, `27:20:05`. */
  clock(seconds: number): string {
    const [hours, minutes, rest] = clockParts(seconds);
    return [this.#signed(seconds, hours), this.#twoDigits.format(minutes), this.#twoDigits.format(rest)].join(
      ":",
    );
  }

  #signed(seconds: number, n: number): string {
    return `${Math.trunc(seconds) < 0 ? this.#minus : ""}${this.#figure.format(n)}`;
  }
}

let current: { readonly locale: string; readonly formats: Formats } | undefined;

/** The formats of the language that the page speaks. Making them is slow, so they are kept until it speaks another. */
export function formats(): Formats {
  const { locale } = spoken();
  if (current?.locale !== locale) current = { locale, formats: new Formats(locale) };
  return current.formats;
}
