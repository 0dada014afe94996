import { checkDescription } from "../domain/description.ts";
import { refusalText } from "../record/refusalText.ts";
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
      app.notice.value = { text: refusalText(checked, "correct.tooLong") };
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
