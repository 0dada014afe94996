import type { Action } from "./action.ts";

/** Leaves for the sign-out page, which warns about edits that still wait. */
export const signOut: Action = {
  id: "sign-out",
  label: "action.signOut",
  isEnabled: () => true,
  perform: () => location.assign("/logout"),
};
