import type { Closed, Database } from "../store/database.ts";
import type { LocalStore } from "../store/localStore.ts";

/** The pauses between the attempts to open a database again that the browser took away. */
const REOPEN_AFTER_MS = [0, 200, 1000, 5000, 30_000, 120_000];

/** What reopening needs of a session. */
export interface ReopeningHost {
  open(): Promise<Database>;
  /** Whether the person is still signed in: who signed out wants nothing put back. */
  isWanted(): boolean;
  /** The store goes on; `isEmptied` says that it had to begin with an empty database. */
  onReopened(isEmptied: boolean): void;
}

/** Goes on with a new database where the browser took the old one away, and with the same after it stopped the page. */
export class Reopening {
  readonly #store: LocalStore;
  readonly #host: ReopeningHost;
  #isClosed = false;
  #isUnderWay = false;

  constructor(store: LocalStore, host: ReopeningHost) {
    [this.#store, this.#host] = [store, host];
  }

  /** The database can no longer be used. */
  async closed(why: Closed): Promise<void> {
    this.#store.closed(why);
    if (why === "lost") await this.#goOn();
  }

  /** The browser stops the page, which lets go of an open database until its timers run again. */
  async stopped(): Promise<void> {
    if (this.#store.health.value !== "open") return;
    this.#store.letGo();
    await this.#goOn();
  }

  async #goOn(): Promise<void> {
    this.#isClosed = true;
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    // The browser is still about to clear away, or has no room: what is opened in that moment fails, or is closed again.
    for (const pause of REOPEN_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!this.#host.isWanted() || this.#isGivenUp()) break;
      await this.#reopen();
      if (!this.#isClosed) break;
    }
    this.#isUnderWay = false;
  }

  async #reopen(): Promise<void> {
    this.#isClosed = false;
    try {
      this.#host.onReopened(await this.#store.reopen(await this.#host.open()));
    } catch {
      this.#isClosed = true; // It stays closed, and the screen says so.
      if (!this.#isGivenUp()) this.#store.closed("lost");
    }
  }

  /** A newer page's database is not for this one. */
  #isGivenUp(): boolean {
    const health = this.#store.health.value;
    return health === "deleted" || health === "newer";
  }
}
