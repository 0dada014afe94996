import Play from "icon:play";
import { openNewRecord } from "../record/open.ts";
import type { Action } from "./action.ts";

/** Asks what to start, and when. */
export const start: Action = {
  id: "start",
  label: "action.start",
  hint: "action.hint.start",
  keywords: "action.words.start",
  icon: Play,
  shortcut: { key: "s" },
  changesData: true,
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => openNewRecord(app),
};
