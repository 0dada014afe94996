import Refresh from "icon:refresh-cw";
import type { Action } from "./action.ts";

/** Sends what waits and asks for what is new, at once. */
export const syncNow: Action = {
  id: "sync-now",
  label: "sync.now",
  hint: "action.hint.syncNow",
  keywords: "action.words.syncNow",
  icon: Refresh,
  isRepeatable: true,
  isOffered: ({ keeping }) => !keeping.isTrial,
  isEnabled: () => true,
  perform: (app) => app.sync.syncNow(),
};
