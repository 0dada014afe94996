import { isHidden, isRunning, started, stopped, type TimeRecord } from "../app/domain/record.ts";
import { hidden, restored, withTimes } from "../app/domain/recordRules.ts";
import type { Batch, Edit, ItemOf } from "../app/store/store.ts";
import { POISON } from "./network.ts";
import type { PlannedEdit } from "./plan.ts";

/** One character more than the server takes. */
const TOO_LONG = 256;

/** Makes planned edits real. What it writes, it writes once: words tell an edit from all others. */
export class Author {
  #words = 0;

  batch(edits: readonly PlannedEdit[], now: number): Batch {
    const records: Edit<TimeRecord>[] = [];
    const settings: Edit<ItemOf["settings"]>[] = [];
    for (const { item, how } of edits) {
      const n = ++this.#words;
      if (how === "setting") {
        const key = `setting ${item}`;
        settings.push({ key, change: () => ({ key, mt: 0, st: 0, value: { n } }) });
      } else {
        const key = `record ${item}`;
        records.push({
          key,
          change: (current) => changed(current ?? started(key, `first ${n}`, now), how, n, now),
        });
      }
    }
    return { records, settings };
  }

  /** Another description for a record that was refused. */
  correction(record: TimeRecord): Batch {
    const ds = `corrected ${++this.#words}`;
    return { records: [{ key: record.key, change: () => ({ ...record, ds }) }] };
  }
}

function changed(record: TimeRecord, how: PlannedEdit["how"], n: number, now: number): TimeRecord {
  switch (how) {
    case "times":
      return withTimes(record, n, now + n);
    case "stop":
      return isRunning(record) ? stopped(record, now) : { ...record, ds: `after its stop ${n}` };
    case "delete":
      return hidden(record, now);
    case "restore":
      return isHidden(record.ds) ? restored(record) : { ...record, ds: `not deleted ${n}` };
    case "too long":
      return { ...record, ds: `${n} `.padEnd(TOO_LONG, "x") };
    case "poison":
      return { ...record, ds: `${n} ${POISON}` };
    default:
      return { ...record, ds: `${n} #work` };
  }
}
