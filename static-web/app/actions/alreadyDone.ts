import Done from "icon:clock-check";
import { openNewRecord } from "../record/open.ts";
import type { Action } from "./action.ts";

/** Asks what has been done already. */
export const alreadyDone: Action = {
  id: "already-done",
  label: "action.alreadyDone",
  hint: "action.hint.alreadyDone",
  keywords: "action.words.alreadyDone",
  icon: Done,
  changesData: true,
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => openNewRecord(app, { choice: "done" }),
};
