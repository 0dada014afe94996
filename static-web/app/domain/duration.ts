const two = (n: number): string => String(n).padStart(2, "0");

/** A finished duration for people, rounded to the minute: `1h05m`, `5m`, and `29s` below half a minute and so on. */
export function formatDuration(seconds: number): string {
  const sign = seconds < 0 ? "-" : "";
  const total = Math.abs(Math.trunc(seconds));
  if (total < 60) return `${total === 0 ? "" : sign}${total}s`;
  const minutes = Math.floor((total + 30) / 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${sign}${minutes}m` : `${sign}${hours}h${two(minutes % 60)}m`;
}

const unit = (name: "hour" | "minute" | "second") =>
  new Intl.NumberFormat("en", { style: "unit", unit: name, unitDisplay: "short" });
const [hourUnit, minuteUnit, secondUnit] = [unit("hour"), unit("minute"), unit("second")];

/** A finished duration to be read aloud, rounded as `formatDuration` does: `1 hr 5 min`, `5 min`, `29 sec`. */
export function speakDuration(seconds: number): string {
  const total = Math.max(0, Math.trunc(seconds));
  if (total < 60) return secondUnit.format(total);
  const minutes = Math.floor((total + 30) / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return minuteUnit.format(rest);
  return rest === 0 ? hourUnit.format(hours) : `${hourUnit.format(hours)} ${minuteUnit.format(rest)}`;
}

/** A duration that ticks: `0:00:09`, `27:20:05`. Cut to whole seconds once, so that no part can show 60. */
export function formatClock(seconds: number): string {
  const total = Math.abs(Math.trunc(seconds));
  const sign = seconds < 0 && total > 0 ? "-" : "";
  return `${sign}${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}
