import { LATEST } from "./calendar/zone.ts";

/** What records and settings have in common: the version a person wrote and the version the server gave. */
export interface Item {
  readonly key: string;
  /** When the item was last changed, in unix seconds. */
  readonly mt: number;
  /** When the server stored it, in unix seconds; 0 while the server has not confirmed this version. */
  readonly st: number;
}

/** A tracked interval. It runs while `t1 === t2`. */
export interface TimeRecord extends Item {
  /** Start, in unix seconds. */
  readonly t1: number;
  /** Stop, in unix seconds. */
  readonly t2: number;
  /** What was done, with its tags. */
  readonly ds: string;
}

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A setting that follows the person to every device. */
export interface Setting extends Item {
  readonly value: Json;
}

/** How the description of a deleted record begins; every client compares exactly. */
export const HIDDEN = "HIDDEN";

/** Whether a description marks a deleted record: it starts with HIDDEN, in capitals. */
export const isHidden = (ds: string): boolean => ds.startsWith(HIDDEN);

/** Whether the record has no stop yet. */
export const isRunning = (record: TimeRecord): boolean => record.t1 === record.t2;

/** Whether it runs for the person, too: a deleted one does not, whatever its times. */
export const isVisiblyRunning = (record: TimeRecord): boolean => isRunning(record) && !isHidden(record.ds);

const stored = (time: number): number => Math.min(LATEST, Math.max(0, Math.floor(time)));

/**
 * The record's times as they may be stored and reckoned with: whole seconds, start before stop, not before 1970 and not
 * after the year 9999. (The server takes any of 64 bits, such as those of a program that writes nanoseconds, and a
 * calendar that shows other records must not stop at that.) Throws a RangeError when one is no finite number.
 */
export function orderedTimes(t1: number, t2: number): { readonly t1: number; readonly t2: number } {
  if (!Number.isFinite(t1) || !Number.isFinite(t2))
    throw new RangeError("A record's times are finite numbers.");
  const [a, b] = [stored(t1), stored(t2)];
  return a <= b ? { t1: a, t2: b } : { t1: b, t2: a };
}

/** The running record, stopped at `now`; at least a second long, since equal times would mean that it runs. */
export function stopped(record: TimeRecord, now: number): TimeRecord {
  const { t1 } = orderedTimes(record.t1, record.t2);
  return { ...record, t1, t2: Math.max(t1 + 1, Math.floor(now)) };
}

/** Clocks of devices differ by so many seconds without anything being wrong. */
const USUAL_DIFFERENCE = 5;

/**
 * Why a start cannot be right: it has not come yet, by more than clocks usually differ; or the client reckons with no such
 * time (a program that writes milliseconds). To stop such a record would make a second of it, and lose when it began.
 */
export type StartFault = "future" | "impossible";

/** What is wrong with the start of a record at `now`; null if nothing is. */
export function startFault({ t1 }: Pick<TimeRecord, "t1">, now: number): StartFault | null {
  if (!(t1 >= 0 && t1 <= LATEST)) return "impossible";
  return t1 > now + USUAL_DIFFERENCE ? "future" : null;
}

/** A record that starts at `now` and runs. */
export function started(key: string, ds: string, now: number): TimeRecord {
  const t = orderedTimes(now, now);
  return { key, mt: 0, st: 0, ...t, ds };
}

/**
 * The `mt` of a new edit: later than what it replaces, even where that came from a clock that runs ahead, or from a
 * program that writes nanoseconds, where whole seconds are too small for a number to tell them apart.
 */
export function nextMt(current: Item | undefined, now: number): number {
  if (current === undefined) return Math.max(Math.floor(now), 0);
  const mt = Math.floor(current.mt);
  return Math.max(Math.floor(now), mt + 1 > mt ? mt + 1 : mt * (1 + Number.EPSILON));
}
