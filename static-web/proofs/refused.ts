import type { Author } from "./edits.ts";
import type { Page } from "./page.ts";
import type { Profile } from "./profile.ts";

/** The person looks at what was refused, and does one thing with all of it. */
export async function decide(
  profile: Profile,
  page: Page,
  response: "resend" | "discard" | "correct",
  author: Author,
): Promise<void> {
  const entries = [...page.store.outbox.value.values()].filter(({ refused }) => refused !== null);
  if (entries.length === 0) return;
  profile.tally.count(`refused, ${response}`, entries.length);
  if (response === "resend") return page.store.resend(entries);
  if (response === "correct") {
    for (const entry of entries)
      if (entry.kind === "records") await page.history.change("correct", author.correction(entry.item));
    return;
  }
  await page.store.discard(entries);
  // What another tab has edited or sent again meanwhile stays, refused again or not.
  const { outbox } = await profile.look();
  for (const entry of entries) if (!outbox.has(`${entry.kind}/${entry.key}`)) profile.discarded(entry);
}
