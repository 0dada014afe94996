import { ApiFailure } from "../api/request.ts";
import { t } from "../i18n/t.ts";
import type { Proof } from "./signIn.ts";

/** Why signing in did not work, as a sentence. */
export function signInProblem(error: unknown, method: Proof["method"]): string {
  if (error instanceof ApiFailure) {
    if (error.kind === "network") return t("login.offline");
    if (error.kind === "forbidden" && method === "localhost") return t("login.notHere");
  }
  return t("login.failed", { reason: error instanceof Error ? error.message : String(error) });
}
