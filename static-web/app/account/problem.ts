import { ApiFailure } from "../api/request.ts";
import { leaveRevoked } from "../auth/revoked.ts";
import { t } from "../i18n/t.ts";

/** Why the server did not do what was asked for. */
export interface Problem {
  readonly text: string;
  /** Whether signing in again is what helps. */
  readonly asksForSignIn: boolean;
}

/** What a failure means to the person. A revoked token leaves the page: see `leaveRevoked`. */
export function accountProblem(error: unknown): Problem {
  const kind = error instanceof ApiFailure ? error.kind : null;
  if (kind === "revoked") leaveRevoked();
  if (kind === "revoked" || kind === "unauthorized")
    return { text: t("account.signInAgain"), asksForSignIn: true };
  if (kind === "network") return { text: t("account.offline"), asksForSignIn: false };
  const reason = error instanceof Error ? error.message : String(error);
  return { text: t("account.trouble", { reason }), asksForSignIn: false };
}
