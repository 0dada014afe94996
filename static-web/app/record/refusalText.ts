import type { CheckedDescription } from "../domain/description.ts";
import { t } from "../i18n/t.ts";

/** Why a description cannot be stored, and what to do. One that is corrected was written elsewhere, by another rule. */
export const refusalText = (
  refusal: Exclude<CheckedDescription, { readonly ok: true }>,
  tooLong: "start.tooLong" | "correct.tooLong" = "start.tooLong",
): string => (refusal.reason === "hidden" ? t("start.hidden") : t(tooLong, { n: refusal.excess }));
