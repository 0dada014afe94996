import Pencil from "icon:pencil";
import { openRecord } from "../record/open.ts";
import type { RecordAction } from "./action.ts";

/** Opens the dialog of a record, as it is by now. */
export const editRecord: RecordAction = {
  id: "edit-record",
  label: "record.title.edit",
  icon: Pencil,
  isEnabled: () => true,
  async perform(app, record) {
    openRecord(app, app.store.records.get(record.key) ?? record);
    return true;
  },
};
