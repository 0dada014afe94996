/** How a person wants durations: `27h20m`, `1d03h20m` or `27:20`. */
export type DurationStyle = "hms" | "dhms" | "colon";

/** How to write a duration. */
export interface DurationFormat {
  readonly style?: DurationStyle;
  /** Show seconds; else it is rounded to the minute. */
  readonly seconds?: boolean;
}

/** A figure of a duration and its unit, to be set smaller; in colon style the unit is empty. */
export interface DurationPart {
  readonly figure: string;
  readonly unit: "d" | "h" | "m" | "s" | "";
}

const two = (n: number): string => String(n).padStart(2, "0");

/** The parts of a duration without its sign. It is made whole once, before it is split, so that no part can show 60. */
function split(total: number, { style = "hms", seconds = false }: DurationFormat): readonly DurationPart[] {
  const whole = seconds ? total : 60 * Math.floor((total + 30) / 60);
  const [minutes, rest] = [Math.floor(whole / 60) % 60, whole % 60];
  if (style === "colon") {
    const figures = [String(Math.floor(whole / 3600)), two(minutes), ...(seconds ? [two(rest)] : [])];
    return figures.map((figure) => ({ figure, unit: "" }));
  }
  if (total < 60 && !seconds) return [{ figure: String(total), unit: "s" }];
  const days = style === "dhms" ? Math.floor(whole / 86_400) : 0;
  const hours = Math.floor(whole / 3600) - 24 * days;
  const parts: DurationPart[] = [];
  if (days > 0) parts.push({ figure: String(days), unit: "d" });
  if (days > 0 || hours > 0) parts.push({ figure: days > 0 ? two(hours) : String(hours), unit: "h" });
  parts.push({ figure: parts.length > 0 ? two(minutes) : String(minutes), unit: "m" });
  if (seconds) parts.push({ figure: two(rest), unit: "s" });
  return parts;
}

/** A duration taken apart for setting figures and units differently. Throws a RangeError when it is no finite number. */
export function durationParts(
  seconds: number,
  format: DurationFormat = {},
): { readonly sign: "" | "-"; readonly parts: readonly DurationPart[] } {
  if (!Number.isFinite(seconds)) throw new RangeError("A duration is a finite number.");
  const parts = split(Math.abs(Math.trunc(seconds)), format);
  const isZero = parts.every(({ figure }) => Number(figure) === 0);
  return { sign: seconds < 0 && !isZero ? "-" : "", parts };
}

/**
 * A duration for people: `1h05m`, `5m`, and `29s` below a minute; or as the format says. The figures are the same in
 * every language. Throws a RangeError when it is no finite number.
 */
export function formatDuration(seconds: number, format: DurationFormat = {}): string {
  const { sign, parts } = durationParts(seconds, format);
  const separator = format.style === "colon" ? ":" : "";
  return sign + parts.map(({ figure, unit }) => figure + unit).join(separator);
}

/** A duration that ticks: `0:00:09`, `27:20:05`. Throws a RangeError when it is no finite number. */
export const formatClock = (seconds: number): string =>
  formatDuration(seconds, { style: "colon", seconds: true });
