import { opened } from "../actions/testApp.ts";
import type { TimeRecord } from "../domain/record.ts";
import { put } from "../store/testParts.ts";
import { RecordEditor } from "./editor.ts";

/** A moment by what clocks here show. */
export const at = (local: string): number => new Date(local).getTime() / 1000;
/** When the tests are. */
export const NOON = at("2026-11-18T12:00");
/** The times of a record that is over. */
export const MORNING = { t1: at("2026-11-18T09:00"), t2: at("2026-11-18T10:00") };

/** The app at noon with these records. */
export async function atNoon(...records: readonly TimeRecord[]) {
  const all = await opened();
  all.clock.now = NOON;
  await put(all.app.store, ...records);
  const editorOf = (key = "a"): RecordEditor => {
    const found = all.app.store.records.get(key);
    if (found === undefined) throw new Error(`There is no ${key}.`);
    return RecordEditor.forRecord(all.app, found);
  };
  return { ...all, editorOf };
}
