/** A duration in the parts that people read: seconds below a minute, else whole minutes, rounded. */
export type DurationParts =
  | { readonly seconds: number }
  | { readonly hours: number; readonly minutes: number };

/** Takes a duration of so many seconds apart; the sign is the caller's. */
export function durationParts(seconds: number): DurationParts {
  const total = Math.abs(Math.trunc(seconds));
  if (total < 60) return { seconds: total };
  const minutes = Math.floor((total + 30) / 60);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** A duration that ticks, in whole parts. Cut to whole seconds once, so that no part can show 60. */
export function clockParts(seconds: number): readonly [hours: number, minutes: number, seconds: number] {
  const total = Math.abs(Math.trunc(seconds));
  return [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
}
