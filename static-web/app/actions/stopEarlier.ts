import ClockStop from "icon:clock-arrow-down";
import { openRecord } from "../record/open.ts";
import type { Action } from "./action.ts";

/** Asks when what runs was over: of several, what was started last. */
export const stopEarlier: Action = {
  id: "stop-earlier",
  label: "action.stopEarlier",
  hint: "action.hint.stopEarlier",
  keywords: "action.words.stopEarlier",
  icon: ClockStop,
  changesData: true,
  isRepeatable: true,
  lack: "action.lack.running",
  isEnabled: (app) => app.running.value.length > 0,
  perform(app) {
    const [record] = app.running.value;
    if (record !== undefined) openRecord(app, record, { choice: "stopped" });
  },
};
