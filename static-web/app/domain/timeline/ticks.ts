import { type Calendar, floor, next, type Step, type Unit } from "../calendar/steps.ts";
import type { Range } from "../day.ts";
import { scaleOf } from "./scales.ts";

/** What is written at a tick. */
export type TickText = "clock" | "hour" | "day" | "dayMonth" | "month" | "year";

/** How far apart ticks are. */
export interface TickSteps {
  /** Those with a text. */
  readonly major: Step;
  readonly minor: Step;
  readonly text: TickText;
}

/** The ticks of a range, and of a little more above it, for those whose text begins there. Moments in unix seconds. */
export interface Ticks extends TickSteps {
  readonly majors: readonly number[];
  readonly minors: readonly number[];
}

interface Row extends TickSteps {
  /** Rows are for ticks that need less room than this, in seconds. */
  readonly length: number;
}

const SECONDS: Record<Unit, number> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_746,
  year: 31_556_952,
};

const row = (
  major: readonly [number, Unit],
  minor: readonly [number, Unit],
  text: TickText,
  length: number = major[0] * SECONDS[major[1]],
): Row => ({
  major: { count: major[0], unit: major[1] },
  minor: { count: minor[0], unit: minor[1] },
  text,
  length,
});

const ROWS: readonly [Row, ...Row[]] = [
  row([1, "minute"], [10, "second"], "clock"),
  row([2, "minute"], [10, "second"], "clock"),
  row([5, "minute"], [1, "minute"], "clock"),
  row([10, "minute"], [1, "minute"], "clock"),
  row([30, "minute"], [5, "minute"], "clock"),
  row([1, "hour"], [10, "minute"], "clock"),
  row([2, "hour"], [15, "minute"], "clock"),
  row([6, "hour"], [1, "hour"], "hour"),
  row([12, "hour"], [1, "hour"], "hour"),
  row([1, "day"], [3, "hour"], "day"),
  row([2, "day"], [6, "hour"], "day"),
  row([4, "day"], [1, "day"], "dayMonth"),
  row([8, "day"], [1, "day"], "dayMonth"),
  row([1, "month"], [5, "day"], "month"),
  row([3, "month"], [1, "month"], "month"),
  row([1, "year"], [1, "month"], "year"),
  // Two years would fit, but every year is written.
  row([1, "year"], [3, "month"], "year", 2 * SECONDS.year),
  row([5, "year"], [1, "year"], "year"),
  row([10, "year"], [1, "year"], "year"),
];

const WEEK: Step = { count: 1, unit: "week" };

/** So near to the next larger ticks, the finer ones are those of the next row, so that they alternate smoothly. */
const NEARLY = 0.875;
/** The part of a range above it for which there are ticks as well. */
const MARGIN = 0.1;
const MOST = 99;

/** How far apart ticks are on a range that is so many pixels high. */
export function tickSteps(range: Range, height: number): TickSteps {
  const needed = (2 * Math.sqrt(height) * (range.to - range.from)) / height;
  const place = ROWS.findIndex(({ length }) => length > needed);
  const chosen = ROWS[place] ?? ROWS[ROWS.length - 1] ?? ROWS[0];
  const { span, step } = scaleOf(range);
  if (span.unit === "week" && step.unit === "week") return { major: WEEK, minor: WEEK, text: chosen.text };
  const { major, text } = chosen;
  const isNearly = place >= 0 && needed > NEARLY * chosen.length;
  return { major, minor: ((isNearly ? ROWS[place + 1] : undefined) ?? chosen).minor, text };
}

/** The ticks of a range that is so many pixels high. */
export function ticksOf(range: Range, height: number, calendar: Calendar): Ticks {
  const steps = tickSteps(range, height);
  return {
    ...steps,
    majors: beginnings(range, steps.major, calendar),
    minors: beginnings(range, steps.minor, calendar),
  };
}

function beginnings({ from, to }: Range, step: Step, calendar: Calendar): readonly number[] {
  const found: number[] = [];
  const first = from - MARGIN * (to - from);
  let at = floor(first, step, calendar);
  if (at < first) at = next(at, step, calendar);
  for (; at <= to && found.length < MOST; at = next(at, step, calendar)) found.push(at);
  return found;
}
