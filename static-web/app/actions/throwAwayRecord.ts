import Trash from "icon:trash-2";
import { isRunning } from "../domain/record.ts";
import type { RecordAction } from "./action.ts";
import { deleteRecord } from "./deleteRecord.ts";

/** Deletes a record that runs. To people that is something else: what it says never was. */
export const throwAwayRecord: RecordAction = {
  id: "throw-away-record",
  label: "record.throwAway",
  icon: Trash,
  isEnabled: (_, record) => isRunning(record),
  perform: deleteRecord.perform,
};
