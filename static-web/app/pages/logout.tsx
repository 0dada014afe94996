import { currentAuth, forgetAuth } from "../auth/info.ts";
import { targetFromHash } from "../auth/redirect.ts";
import { forgetRevoked, wasRevoked } from "../auth/revoked.ts";
import { t } from "../i18n/t.ts";
import { STORAGE } from "../shell/capabilities.ts";
import { mount } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";
import { databaseOf, deleteDatabase, openDatabase } from "../store/database.ts";
import { forgetMark } from "../store/marker.ts";

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

async function wipe(username: string): Promise<void> {
  mount(<p role="status">{t("logout.busy")}</p>);
  try {
    await deleteDatabase(databaseOf(username));
    forgetMark(localStorage, username);
    forgetAuth();
    forgetRevoked();
    // A tab whose database the browser had just taken away may have made it anew, as long as somebody was signed in.
    await deleteDatabase(databaseOf(username));
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
