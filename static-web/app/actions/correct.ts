import { checkDescription } from "../domain/description.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import type { OutboxEntryOf } from "../store/store.ts";
import { attempt } from "./attempt.ts";

/** Gives a refused record another description, and lets it be sent again. Resolves with whether that was done. */
export async function correct(
  app: AppContext,
  entry: OutboxEntryOf<"records">,
  typed: string,
): Promise<boolean> {
  const checked = checkDescription(typed);
  let isCorrected = false;
  await attempt({ id: "correct", changesData: true, isRepeatable: true }, app, async () => {
    if (!checked.ok) {
      const text =
        checked.reason === "hidden" ? t("start.hidden") : t("correct.tooLong", { n: checked.excess });
      app.notice.value = { text };
      return;
    }
    // Only the words: another tab or device may have changed the times meanwhile.
    await app.history.change("action.correct", {
      records: [{ key: entry.key, change: (current) => ({ ...(current ?? entry.item), ds: checked.ds }) }],
    });
    isCorrected = true;
  });
  return isCorrected;
}
