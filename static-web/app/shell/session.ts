import { AUTH_KEY, currentAuth } from "../auth/info.ts";
import { leaveRevoked } from "../auth/redirect.ts";
import { keepTokenFresh } from "../auth/renewal.ts";
import { openDatabase } from "../store/database.ts";
import { LOCAL_SETTINGS_KEY } from "../store/deviceSettings.ts";
import { LocalStore } from "../store/localStore.ts";
import { remoteOver } from "../store/remote.ts";
import { Sync } from "../store/sync.ts";
import { joinTabs } from "../store/tabs.ts";
import { clock, milliseconds, tickingClock } from "./clock.ts";
import { type AppContext, createContext } from "./context.ts";
import { Shortcuts } from "./shortcuts.ts";

/** Opens the person's data and begins to sync it. The data is loaded before anything can be written. */
export async function openSession(username: string): Promise<AppContext> {
  const db = await openDatabase(username);
  const tabs = joinTabs(username, (change) => void store.reload(change));
  const store = await LocalStore.load(db, clock, tabs.announce);
  const token = (): string | null => {
    const auth = currentAuth();
    return auth?.username === username ? auth.token : null;
  };
  const sync = new Sync(store, remoteOver(token), {
    exclusively: tabs.exclusively,
    isHidden: () => document.hidden,
    random: Math.random,
    milliseconds,
    onRevoked: leaveRevoked,
  });
  const shortcuts = new Shortcuts(localStorage);
  follow(username, sync, shortcuts);
  keepTokenFresh(username, leaveRevoked);
  sync.resume();
  return createContext(store, sync, shortcuts, { clock, now: tickingClock(), milliseconds });
}

/** Syncs, or hurries to, when the page's surroundings change. */
function follow(username: string, sync: Sync, shortcuts: Shortcuts): void {
  document.addEventListener("visibilitychange", () => (document.hidden ? sync.flush() : sync.resume()));
  window.addEventListener("pagehide", () => sync.flush());
  window.addEventListener("online", () => sync.resume());
  window.addEventListener("storage", (event) => {
    if (event.key === null || event.key === LOCAL_SETTINGS_KEY) shortcuts.reread();
    if (event.key !== null && event.key !== AUTH_KEY) return;
    // Another tab signed out, or in as somebody else: this person's records must not stay on the screen.
    if (currentAuth()?.username !== username) location.replace("/login");
    else if (sync.status.value.phase === "signedOut") sync.resume();
  });
}
