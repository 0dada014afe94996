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

/** A duration that ticks: `0:00:09`, `27:20:05`. Cut to whole seconds once, so that no part can show 60. */
export function formatClock(seconds: number): string {
  const total = Math.abs(Math.trunc(seconds));
  const sign = seconds < 0 && total > 0 ? "-" : "";
  return `${sign}${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}
