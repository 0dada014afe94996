import { openNewRecord } from "../record/open.ts";
import type { Action } from "./action.ts";

/** Asks what to start, and when. */
export const start: Action = {
  id: "start",
  label: "action.start",
  shortcut: { key: "s" },
  changesData: true,
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => openNewRecord(app),
};
