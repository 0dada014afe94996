import { BLANKS, withoutEnd } from "./blanks.ts";
import { DESCRIPTION_LIMIT } from "./description.ts";
import {
  HIDDEN,
  isHidden,
  isRunning,
  isVisiblyRunning,
  orderedTimes,
  startFault,
  stopped,
  type TimeRecord,
} from "./record.ts";

const MARKS = new RegExp(`^(?:${HIDDEN}[${BLANKS}]*)+`);

/**
 * The description without the mark of deleted records, as it was before. Some clients mark a record more than once; the
 * same word further on belongs to the text. Only the blanks of descriptions go with it: others belong to a tag.
 */
export const shownDescription = (ds: string): string =>
  isHidden(ds) ? withoutEnd(ds.replace(MARKS, ""), BLANKS) : ds;

/**
 * The deleted version of a record. It keeps its times, so that it can be restored; one that runs stops, unless its start
 * cannot be right: that is for a program to mend, and must not be lost. Where the mark makes the description too long for the server, its end is cut.
 */
export function hidden(record: TimeRecord, now: number): TimeRecord {
  const ds = [...withoutEnd(`${HIDDEN} ${shownDescription(record.ds)}`, BLANKS)]
    .slice(0, DESCRIPTION_LIMIT)
    .join("");
  const stops = isRunning(record) && startFault(record, now) === null;
  return { ...(stops ? stopped(record, now) : record), ds };
}

/** The version of a deleted record that is shown again. */
export const restored = (record: TimeRecord): TimeRecord => ({ ...record, ds: shownDescription(record.ds) });

/**
 * The versions of running records that end at a moment, as all do when one is stopped, and all others do when another
 * starts then. Each lasts a second at least.
 */
export const stoppedAll = (records: Iterable<TimeRecord>, at: number): readonly TimeRecord[] =>
  [...records].filter(isVisiblyRunning).map((record) => stopped(record, at));

/** The record with other times: in order, and a second long at least, since equal times would mean that it runs. */
export function withTimes(record: TimeRecord, t1: number, t2: number): TimeRecord {
  const times = orderedTimes(t1, t2);
  return { ...record, ...times, t2: Math.max(times.t1 + 1, times.t2) };
}

/** The keys of the visible records that overlap another: to touch it is not enough, and a running record ends now. */
export function overlapping(records: Iterable<TimeRecord>, now: number): ReadonlySet<string> {
  const spans = [...records]
    .filter((record) => !isHidden(record.ds))
    .map((record) => {
      const { t1, t2 } = orderedTimes(record.t1, record.t2);
      return { key: record.key, t1, t2: isRunning(record) ? now : t2 };
    })
    .filter(({ t1, t2 }) => t2 > t1)
    .sort((a, b) => a.t1 - b.t1);
  const found = new Set<string>();
  // The one so far that ends last: whatever overlaps any before it overlaps it.
  let last: (typeof spans)[number] | undefined;
  for (const span of spans) {
    if (last !== undefined && span.t1 < last.t2) found.add(last.key).add(span.key);
    if (last === undefined || span.t2 > last.t2) last = span;
  }
  return found;
}
