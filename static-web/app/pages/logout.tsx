import { currentAuth, forgetAuth } from "../auth/info.ts";
import { targetFromHash } from "../auth/redirect.ts";
import { forgetRevoked, wasRevoked } from "../auth/revoked.ts";
import { t } from "../i18n/t.ts";
import { STORAGE } from "../shell/capabilities.ts";
import { mount } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";
import { databaseOf, deleteDatabase, emptyDatabase, openDatabase } from "../store/database.ts";
import { forgetMark } from "../store/marker.ts";

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

async function wipe(username: string): Promise<void> {
  mount(<p role="status">{t("logout.busy")}</p>);
  const name = databaseOf(username);
  try {
    await soon(emptyDatabase(name));
    forgetMark(localStorage, username);
    forgetAuth();
    forgetRevoked();
    // From now on no tab makes it anew. Where one does not let go, the empty one goes with it.
    await soon(deleteDatabase(name)).catch(() => undefined);
    // A tab may have written it again as long as it had the database.
    forgetMark(localStorage, username);
    leave();
  } catch (error) {
    showFailure(username, error);
  }
}

function showFailure(username: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  mount(
    <div class="card">
      <h1>{t("logout.title")}</h1>
      <p class="notice" role="alert">
        {t("logout.failed", { reason })}
      </p>
      <button type="button" class="button primary" onClick={() => void wipe(username)}>
        {t("logout.retry")}
      </button>
    </div>,
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
        <button type="button" id="sign-out-anyway" class="button danger" onClick={() => void wipe(username)}>
          {t("logout.anyway")}
        </button>
      </div>
    </div>,
  );
}

async function show(): Promise<void> {
  const auth = currentAuth();
  if (auth === null) {
    forgetRevoked();
    return leave();
  }
  if (wasRevoked(auth)) return wipe(auth.username);
  try {
    const waiting = await waitingEdits(auth.username);
    if (waiting > 0) ask(auth.username, waiting);
    else await wipe(auth.username);
  } catch (error) {
    showFailure(auth.username, error);
  }
}

void openPage({ title: "logout.title", needs: STORAGE, show });
