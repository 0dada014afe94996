import { effect, signal, untracked } from "@preact/signals";
import { AUTH_KEY, currentAuth, currentTokenOf, knownAuth, rereadAuth } from "../auth/info.ts";
import { keepTokenFresh } from "../auth/renewal.ts";
import { leaveRevoked } from "../auth/revoked.ts";
import { clock, milliseconds, tickingClock } from "../clock/clock.ts";
import { leaveAnyway } from "../dialogs/guardLeaving.ts";
import { device } from "../settings/device.ts";
import { type Closed, databaseOf, openDatabase } from "../store/database.ts";
import { type Change, LocalStore } from "../store/localStore.ts";
import { keepMark, readMark } from "../store/marker.ts";
import { type Recovery, recover } from "../store/recovery.ts";
import { remoteOver } from "../store/remote.ts";
import { Sync } from "../store/sync.ts";
import { browserChannel, browserLocks, Tabs } from "../store/tabs.ts";
import { dropOld, forgetSignedOut } from "../unsent/notes.ts";
import { followActivity } from "./activity.ts";
import { type AppContext, createContext } from "./context.ts";
import { Reopening } from "./reopening.ts";
import { type UseWatch, watchUse } from "./sessionUse.ts";

/**
 * Opens the person's data and begins to sync it. The data is loaded before anything can be written. `onBlocked` is told
 * when a tab with an older version of the page has to be closed first. Null, and the page is left, where the person has
 * signed out meanwhile.
 */
export async function openSession(username: string, onBlocked: () => void): Promise<AppContext | null> {
  const name = databaseOf(username);
  let begun: () => void = () => undefined;
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const events = { onBlocked, onClosed: (why: Closed) => void beginning.then(() => closed(why)) };
  forgetSignedOut(localStorage, username); // What had not been sent then is sent now.
  void dropOld(localStorage, Date.now()).catch(() => undefined);
  const db = await openDatabase(name, events);
  const store = await LocalStore.open(db, { now: clock, announce: (change) => announced(change) });
  const recovery = signal<Recovery | null>(null);

  const watch = watchUse(milliseconds, {
    onReturn: () => sync.resume(),
    onUse: () => tabs.tell({ type: "used" }),
  });
  const sync: Sync = new Sync(store, remoteOver(currentTokenOf(username)), {
    now: clock,
    milliseconds,
    random: Math.random,
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    use: () => watch.use(),
    ask: (isWish) => tabs.tell({ type: "sync", isWish }),
    onRevoked: leaveRevoked,
  });
  const tabs: Tabs = joinTabs(name, store, sync, watch);
  sync.hear({ ...sync.report.value, lastSync: Math.floor(await store.serverTime()) || null });

  /** Another tab follows what was changed here, and the server shall have it. */
  function announced(change: Change): void {
    tabs.tell({ type: "change", change });
    if (change.isEdit) sync.edited();
  }

  const reopening = new Reopening(store, {
    open: () => openDatabase(name, events),
    isWanted: () => currentAuth()?.username === username,
    onReopened: (isEmptied) => {
      const { lastSync } = sync.report.value;
      if (isEmptied) recovery.value = { restored: store.outbox.value.size, lost: 0, lastSync };
      join(store, tabs);
    },
  });

  function closed(why: Closed): void {
    // A tab that can store nothing must not keep the others from syncing.
    tabs.leadership.leave();
    void reopening.closed(why);
  }

  begun();
  recovery.value = await recover(store, readMark(localStorage, username));
  if (isSomebodyElse(username)) return null;
  keepMark(localStorage, username, store, () => sync.report.value.lastSync);
  askToKeep(store);
  followPage(username, store, sync, tabs);
  // The browser is about to stop the page, and what it holds nobody else could get.
  document.addEventListener("freeze", () => {
    tabs.leadership.leave();
    void reopening.stopped();
  });
  keepTokenFresh(username, leaveRevoked);
  join(store, tabs);
  setTimeout(() => void store.readOn()); // After what is there has been drawn.
  return createContext(
    store,
    sync,
    device,
    { clock, now: tickingClock(), milliseconds, lastActivity: followActivity(localStorage, clock) },
    { health: store.health, recovery },
  );
}

/** Joins the other tabs: what they change is followed, and one of them syncs for all. */
function joinTabs(name: string, store: LocalStore, sync: Sync, watch: UseWatch): Tabs {
  const locks = browserLocks();
  const report = (): void => {
    if (tabs.leadership.isLeading) tabs.tell({ type: "report", report: sync.report.peek() });
  };
  const tabs: Tabs = new Tabs(
    { name: `${name}:leader`, channel: browserChannel(name), locks, isHidden: () => document.hidden },
    {
      onChange: (change) => {
        // What cannot be followed now is caught up with before the next sync, and when the page is looked at.
        store.follow(change).catch(() => undefined);
        // Without locks the tab that made the edit sends it itself.
        if (change.isEdit && locks !== null) sync.edited();
      },
      onReport: (heard) => sync.hear(heard),
      onSync: (isWish) => {
        if (!tabs.leadership.isLeading) return;
        if (isWish) sync.syncNow();
        else sync.resume();
      },
      onUsed: () => watch.usedElsewhere(),
      onHello: report,
      onLead: () => sync.lead(),
      onFollow: () => {
        sync.standBack();
        tabs.tell({ type: "hello" });
      },
    },
  );
  effect(() => {
    sync.report.value;
    report();
  });
  tabs.tell({ type: "hello" });
  return tabs;
}

/** Takes part in who syncs, if what comes can be stored. */
function join(store: LocalStore, tabs: Tabs): void {
  if (store.health.value === "open") tabs.leadership.join();
}

/** Asks the browser, once there is something to lose, not to throw the data away when it needs room. */
function askToKeep(store: LocalStore): void {
  let isAsked = false;
  effect(() => {
    if (isAsked || store.outbox.value.size === 0) return;
    isAsked = true;
    // Missing on plain http; and a browser that says no keeps the data as long as it can.
    navigator.storage?.persist?.().catch(() => false);
  });
}

/** Whether another tab signed out, or in as somebody else; then the page is left: these records are not theirs to see. */
function isSomebodyElse(username: string): boolean {
  if (currentAuth()?.username === username) return false;
  leaveAnyway();
  location.replace("/login");
  return true;
}

/** Syncs, hurries or hands over when the page's surroundings change. */
function followPage(username: string, store: LocalStore, sync: Sync, tabs: Tabs): void {
  const { leadership } = tabs;
  const catchUp = (): void => void store.catchUp().catch(() => undefined);
  document.addEventListener("visibilitychange", () => {
    leadership.visibilityChanged();
    if (document.hidden) {
      void sync.flush();
      return;
    }
    catchUp();
    sync.resume();
  });
  // A page that the browser keeps in case the person comes back must not keep the others from syncing.
  window.addEventListener("pagehide", () => {
    void sync.flush();
    leadership.leave();
  });
  for (const [target, name] of [
    [document, "resume"],
    [window, "pageshow"],
  ] as const)
    target.addEventListener(name, () => {
      // Nobody told this page meanwhile.
      if (isSomebodyElse(username)) return;
      join(store, tabs);
      catchUp();
      rereadAuth();
    });
  window.addEventListener("online", () => sync.resume());
  rereadAuth();
  let token = knownAuth.value?.token;
  effect(() => {
    const current = knownAuth.value?.token;
    if (current === token) return;
    token = current;
    untracked(() => sync.signedIn());
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== null && event.key !== AUTH_KEY) return;
    if (!isSomebodyElse(username)) rereadAuth();
  });
}
