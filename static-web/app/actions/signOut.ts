import Leave from "icon:log-out";
import type { Action } from "./action.ts";

/** Leaves for the sign-out page, which warns about edits that still wait. */
export const signOut: Action = {
  id: "sign-out",
  label: "action.signOut",
  hint: "action.hint.signOut",
  keywords: "action.words.signOut",
  icon: Leave,
  isOffered: ({ keeping }) => !keeping.isTrial,
  isEnabled: () => true,
  perform: () => location.assign("/logout"),
};
