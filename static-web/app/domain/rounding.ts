/** How a report writes durations: whole hours, hours and minutes, with seconds, or hours with 1 to 3 decimals. */
export type ReportFormat = "h0" | "hm" | "hms" | "h1" | "h2" | "h3";

const GRAIN: Readonly<Record<ReportFormat, number>> = { h0: 3600, hm: 60, hms: 1, h1: 360, h2: 36, h3: 3.6 };

/**
 * A duration in grains of the format, rounded. A report adds these up, not seconds, so that its sums are the sums of what
 * it shows.
 */
export const toGrains = (seconds: number, format: ReportFormat): number =>
  Math.round(seconds / GRAIN[format]);

/** A number of grains as the report shows it: `9:07`, `9:07:24`, `9`, `9.12`. */
export function formatGrains(grains: number, format: ReportFormat): string {
  const sign = grains < 0 ? "-" : "";
  const count = Math.abs(grains);
  const two = (n: number): string => String(n % 60).padStart(2, "0");
  switch (format) {
    case "h0":
      return `${sign}${count}`;
    case "hm":
      return `${sign}${Math.floor(count / 60)}:${two(count)}`;
    case "hms":
      return `${sign}${Math.floor(count / 3600)}:${two(Math.floor(count / 60))}:${two(count)}`;
    default: {
      const decimals = Number(format.slice(1));
      const digits = String(count).padStart(decimals + 1, "0");
      return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
    }
  }
}
