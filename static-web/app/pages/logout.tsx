import type { ComponentChild } from "preact";
import { currentAuth, forgetAuth } from "../auth/info.ts";
import { targetFromHash } from "../auth/redirect.ts";
import { forgetRevoked, wasRevoked } from "../auth/revoked.ts";
import { forgetClock } from "../clock/clock.ts";
import { t } from "../i18n/t.ts";
import { forgetAsked } from "../record/longRunning.ts";
import { forgetActivity } from "../shell/activity.ts";
import { STORAGE } from "../shell/capabilities.ts";
import { mount } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";
import { databaseOf, deleteDatabase, emptyDatabase, keepWaiting, openDatabase } from "../store/database.ts";
import { forgetMark } from "../store/marker.ts";
import type { OutboxEntry } from "../store/store.ts";
import { dropOld, forgetSignedOut, noteSignedOut, type SignedOut, signedOut } from "../unsent/notes.ts";
import { SignedOutCard } from "../unsent/SignedOutCard.tsx";

const LONGEST_WAIT_MS = 10_000;

const leave = (): void => location.replace(targetFromHash(location.hash, location.origin, "/"));

/** How many edits the server has not accepted. */
async function waitingEdits(username: string): Promise<number> {
  const db = await openDatabase(databaseOf(username));
  try {
    return await db.count("outbox");
  } finally {
    db.close();
  }
}

/** Waits for work that a tab which does not answer may hold up for ever. */
const soon = <T,>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(t("logout.noAnswer"))), LONGEST_WAIT_MS);
    }),
  ]);

/** Forgets what is kept beside the database. */
function forgetTraces(username: string): void {
  forgetMark(localStorage, username);
  forgetActivity(localStorage);
  forgetAsked(localStorage);
  forgetClock(localStorage);
}

/** Forgets who was signed in, and all that the server has of theirs. What had not been sent stays for a day, with a note. */
async function takeLeave(username: string): Promise<void> {
  mount(<p role="status">{t("logout.busy")}</p>);
  try {
    const entries = await soon(keepWaiting(databaseOf(username)));
    const note = { username, at: Date.now(), count: entries.length };
    noteSignedOut(localStorage, note);
    forgetTraces(username);
    forgetAuth();
    forgetRevoked();
    showSignedOut(note, entries);
  } catch (error) {
    showFailure(t("logout.failed", { reason: reasonOf(error) }), () => void takeLeave(username));
  }
}

function showSignedOut(note: SignedOut, entries: readonly OutboxEntry[]): void {
  const name = databaseOf(note.username);
  const discard = async (): Promise<void> => {
    try {
      // Emptied first: a tab that keeps it open holds up its end, and nothing may stay that nobody knows of any more.
      await soon(emptyDatabase(name));
      forgetSignedOut(localStorage, note.username);
      await soon(deleteDatabase(name)).catch(() => undefined);
      leave();
    } catch (error) {
      showFailure(t("logout.failed", { reason: reasonOf(error) }), () => void discard());
    }
  };
  mount(<SignedOutCard note={note} entries={entries} onDiscard={() => void discard()} />);
}

/** Somebody who was signed out from elsewhere looks again for what had not been sent. */
async function showAgain(note: SignedOut): Promise<void> {
  const db = await openDatabase(databaseOf(note.username));
  const entries = await db.getAll("outbox");
  db.close();
  showSignedOut(note, entries);
}

async function wipe(username: string): Promise<void> {
  mount(<p role="status">{t("logout.busy")}</p>);
  const name = databaseOf(username);
  try {
    // A full disk takes no changes, but gives back what is deleted.
    await soon(emptyDatabase(name)).catch(() => soon(deleteDatabase(name)));
    forgetTraces(username);
    forgetAuth();
    forgetRevoked();
    // From now on no tab makes it anew. Where one does not let go, the empty one goes with it.
    await soon(deleteDatabase(name)).catch(() => undefined);
    // A tab may have written them again as long as it had the database.
    forgetTraces(username);
    leave();
  } catch (error) {
    showFailure(t("logout.failed", { reason: reasonOf(error) }), () => void wipe(username));
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function showFailure(text: string, retry: () => void, others?: ComponentChild): void {
  mount(
    <div class="card">
      <h1>{t("logout.title")}</h1>
      <p class="notice" role="alert">
        {text}
      </p>
      <div class="choices">
        <button type="button" class="button primary" onClick={retry}>
          {t("logout.retry")}
        </button>
        {others}
      </div>
    </div>,
  );
}

function Anyway({ username }: { readonly username: string }) {
  return (
    <button type="button" id="sign-out-anyway" class="button danger" onClick={() => void wipe(username)}>
      {t("logout.anyway")}
    </button>
  );
}

function ask(username: string, waiting: number): void {
  mount(
    <div class="card">
      <h1>{t("logout.title")}</h1>
      <p>{t("logout.waiting", { n: waiting })}</p>
      <div class="choices">
        <a class="button primary" href="/app/">
          {t("logout.stay")}
        </a>
        <Anyway username={username} />
      </div>
    </div>,
  );
}

async function show(): Promise<void> {
  const auth = currentAuth();
  if (auth === null) {
    forgetRevoked();
    await dropOld(localStorage, Date.now());
    const [note] = signedOut(localStorage);
    return note === undefined ? leave() : showAgain(note);
  }
  if (wasRevoked(auth)) return takeLeave(auth.username);
  try {
    const waiting = await soon(waitingEdits(auth.username));
    if (waiting > 0) ask(auth.username, waiting);
    else await wipe(auth.username);
  } catch (error) {
    const text = t("logout.unknown", { reason: reasonOf(error) });
    showFailure(text, () => void show(), <Anyway username={auth.username} />);
  }
}

void openPage({ title: "logout.title", needs: STORAGE, show });
