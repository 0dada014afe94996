import Trash from "icon:trash-2";
import { openRecord } from "../record/open.ts";
import type { Action } from "./action.ts";

/** Shows what runs, of several what was started last, and asks whether to throw it away. */
export const throwAway: Action = {
  id: "throw-away",
  label: "action.throwAway",
  hint: "action.hint.throwAway",
  keywords: "action.words.throwAway",
  icon: Trash,
  changesData: true,
  isRepeatable: true,
  lack: "action.lack.running",
  isEnabled: (app) => app.running.value.length > 0,
  perform(app) {
    const [record] = app.running.value;
    if (record !== undefined) openRecord(app, record, { asksToDelete: true });
  },
};
