import Person from "icon:circle-user-round";
import type { Action } from "./action.ts";

/** Leaves for the page of the account. */
export const openAccount: Action = {
  id: "open-account",
  label: "account.title",
  hint: "action.hint.openAccount",
  keywords: "action.words.openAccount",
  icon: Person,
  isOffered: ({ keeping }) => !keeping.isTrial,
  isEnabled: () => true,
  perform: () => location.assign("/account"),
};
