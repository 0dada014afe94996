import { showingsOf, wallAt, type Zone } from "./calendar/zone.ts";
import { type End, type RecordForm, wallOf } from "./recordForm.ts";

/** How the time of day at an end is not what it seems: clocks leave it out on that date, or show it twice. */
export interface Oddity {
  readonly end: End;
  readonly kind: "missing" | "twice";
  /** What clocks show there, or would if they did not leave it out, counted as unix seconds are. */
  readonly wall: number;
}

/**
 * What is odd about the times of the form. A time that clocks show twice is, as long as the other moment is possible, too:
 * what is over began before its end, and what runs has begun.
 */
export function odditiesOf(form: RecordForm, now: number, zone: Zone): readonly Oddity[] {
  const { t1, t2, startsNow } = form;
  if (startsNow) return [];
  const [otherStart, otherStop] = [otherShowing(t1, zone), t2 === null ? null : otherShowing(t2, zone)];
  const isTwice: Readonly<Record<End, boolean>> = {
    start: otherStart !== t1 && (t2 === null ? otherStart <= now : otherStart < t2),
    stop: otherStop !== null && otherStop !== t2 && otherStop > t1,
  };
  const ends: readonly End[] = t2 === null ? ["start"] : ["start", "stop"];
  return ends.flatMap((end): readonly Oddity[] => {
    const wall = wallOf(form, end, zone);
    if (showingsOf(wall, zone).length === 0) return [{ end, kind: "missing", wall }];
    return isTwice[end] ? [{ end, kind: "twice", wall }] : [];
  });
}

/** The other moment at which clocks show the same as at this one; the same where there is none. */
export const otherShowing = (time: number, zone: Zone): number =>
  showingsOf(wallAt(time, zone), zone).find((other) => other !== time) ?? time;
