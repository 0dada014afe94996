import ClockBack from "icon:clock-arrow-left";
import { openNewRecord } from "../record/open.ts";
import type { Action } from "./action.ts";

/** Asks what was started a while ago. */
export const startEarlier: Action = {
  id: "start-earlier",
  label: "action.startEarlier",
  hint: "action.hint.startEarlier",
  keywords: "action.words.startEarlier",
  icon: ClockBack,
  changesData: true,
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => openNewRecord(app, { choice: "earlier" }),
};
