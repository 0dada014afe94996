import { add, type Calendar, floor, round, type Step, type Unit } from "../calendar/steps.ts";
import type { Range } from "../day.ts";

/** A size at which the timeline comes to rest. */
export interface Scale {
  /** How long a range of this scale is. */
  readonly span: Step;
  /** Where such a range may begin. */
  readonly step: Step;
  /** Shorter ranges than this, in seconds, are of this scale, unless they are of one before it. */
  readonly limit: number;
}

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

const scale = (count: number, unit: Unit, stepCount: number, stepUnit: Unit, limit: number): Scale => ({
  span: { count, unit },
  step: { count: stepCount, unit: stepUnit },
  limit,
});

/** All scales, the shortest first. */
export const SCALES: readonly [Scale, ...Scale[]] = [
  scale(5, "minute", 1, "minute", 8 * MINUTE),
  scale(20, "minute", 1, "minute", 35 * MINUTE),
  scale(1, "hour", 5, "minute", 1.8 * HOUR),
  scale(3, "hour", 5, "minute", 3.6 * HOUR),
  scale(6, "hour", 5, "minute", 8.5 * HOUR),
  scale(12, "hour", 1, "hour", 15 * HOUR),
  scale(1, "day", 1, "hour", 2 * DAY),
  scale(1, "week", 1, "day", 11.9 * DAY),
  scale(1, "month", 1, "month", 35 * DAY),
  scale(7, "week", 1, "week", 63 * DAY),
  scale(3, "month", 1, "month", 200 * DAY),
  scale(1, "year", 1, "month", 550 * DAY),
  scale(2, "year", 1, "month", 1280 * DAY),
  scale(5, "year", 1, "year", 2737 * DAY),
  scale(10, "year", 1, "year", 5475 * DAY),
  scale(20, "year", 1, "year", Number.POSITIVE_INFINITY),
];

const placeOf = ({ from, to }: Range): number => SCALES.findIndex(({ limit }) => to - from < limit);

/** The scale of a range. */
export const scaleOf = (range: Range): Scale => SCALES[placeOf(range)] ?? SCALES[0];

/** The scale beside that of a range: 1 for the next longer one, -1 for the next shorter; at the ends its own. */
const beside = (range: Range, by: 1 | -1): Scale => SCALES[placeOf(range) + by] ?? scaleOf(range);

/** The part of the calendar, as long as a scale's span, that a moment lies in. */
export function blockAround(time: number, { span }: Scale, calendar: Calendar): Range {
  const from = floor(time, span, calendar);
  return { from, to: add(from, span, calendar) };
}

/**
 * The range where the timeline comes to rest: of the length of its scale, from where a step of it begins, as near as
 * may be. A range that is so already stays, also where clocks change.
 */
export function snapped(range: Range, calendar: Calendar): Range {
  const { span, step } = scaleOf(range);
  const { from, to } = range;
  if (floor(from, step, calendar) === from && add(from, span, calendar) === to) return range;
  const centre = (from + to) / 2;
  return placed(centre - (add(from, span, calendar) - from) / 2, scaleOf(range), calendar);
}

function placed(time: number, { span, step }: Scale, calendar: Calendar): Range {
  const from = round(time, step, calendar);
  return { from, to: add(from, span, calendar) };
}

/**
 * The range of the next scale, longer (1) or shorter (-1): the part of the calendar around now, if that is to be seen,
 * or else around the middle. At the last scale the range stays.
 */
export function zoomed(range: Range, by: 1 | -1, now: number, calendar: Calendar): Range {
  const scale = beside(range, by);
  if (scale === scaleOf(range)) return range;
  const { from, to } = range;
  return blockAround(from <= now && now < to ? now : (from + to) / 2, scale, calendar);
}

/** The same by a wheel: the moment under the pointer stays there, as nearly as the scale's steps allow. */
export function zoomedAt(range: Range, by: 1 | -1, pointer: number, calendar: Calendar): Range {
  const scale = beside(range, by);
  if (scale === scaleOf(range)) return range;
  const { from, to } = range;
  const share = (pointer - from) / (to - from);
  return placed(pointer - share * (add(from, scale.span, calendar) - from), scale, calendar);
}

/** Ranges shorter than this, in seconds, are turned over by their own length, longer ones by the calendar. */
const SHORT = 80_000;
const LONG = 180 * DAY;

/** The range after (1) or before (-1). */
export function turned(range: Range, by: 1 | -1, calendar: Calendar): Range {
  const { from, to } = range;
  const length = to - from;
  if (length < SHORT) return { from: from + by * length, to: to + by * length };
  const { count, unit } = length > LONG ? ({ count: 1, unit: "year" } as const) : scaleOf(range).span;
  const step = { count: by * count, unit };
  return { from: add(from, step, calendar), to: add(to, step, calendar) };
}
