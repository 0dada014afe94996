import { databaseOf, deleteDatabase } from "../app/store/database.ts";
import type { Keeper } from "../app/store/marker.ts";
import { idOf, KINDS, type OutboxEntry } from "../app/store/store.ts";
import type { Ledger } from "./ledger.ts";
import { holdShown, type Look, lookInto } from "./look.ts";
import type { Line } from "./network.ts";
import { type Fuse, Page } from "./page.ts";
import type { Tally } from "./tally.ts";

/** Who is signed in, as far as the browser's own storage is concerned. */
export const USER = "ada";

/** What the profiles of a history share. */
export interface Surroundings {
  readonly ledger: Ledger;
  readonly tally: Tally;
  /** The true time in unix seconds. */
  now(): number;
  complain(error: unknown): void;
}

/** A browser: what remains when its tabs are killed, and one or two tabs. */
export class Profile {
  static #profiles = 0;
  readonly who: number;
  readonly line: Line;
  readonly database = databaseOf(`proof-${Profile.#profiles++}`);
  readonly keeper: Keeper;
  readonly #around: Surroundings;
  /** How far the clock is off, in seconds. */
  skew: number;
  pages: readonly Page[] = [];
  /** How many tabs were loaded here so far. */
  loads = 0;
  /** The latest version of each item that the database has had, by its time. */
  #newest = new Map<string, number>();

  constructor(who: number, line: Line, around: Surroundings, skew: number) {
    [this.who, this.line, this.#around, this.skew] = [who, line, around, skew];
    const held = new Map<string, string>();
    this.keeper = {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      removeItem: (key) => void held.delete(key),
    };
  }

  get ledger(): Ledger {
    return this.#around.ledger;
  }

  get tally(): Tally {
    return this.#around.tally;
  }

  complain(error: unknown): void {
    this.#around.complain(error);
  }

  now(): number {
    return this.#around.now() + this.skew;
  }

  /** A clock that nobody sets. */
  milliseconds(): number {
    return this.#around.now() * 1000;
  }

  /** The tab with a number, or the first where there is none. */
  page(tab: number): Page {
    const page = this.pages[tab] ?? this.pages[0];
    if (page === undefined) throw new Error("The browser has no tab.");
    return page;
  }

  /** Opens a tab; with a fuse it may die while it loads, and is opened again then. */
  async open(fuse: Fuse | null = null): Promise<void> {
    const page = new Page(this);
    this.pages = [...this.pages, page];
    if (fuse !== null) page.light(fuse);
    const loaded = page.load();
    loaded.catch(() => undefined);
    await Promise.race([page.dead, loaded]);
    page.defuse();
    if (page.isDead) await this.open();
  }

  /** A tab is gone. */
  buried(page: Page): void {
    this.pages = this.pages.filter((other) => other !== page);
    for (const other of this.pages) other.miss();
  }

  /** The person threw an edit away: what the server has of the item comes back. */
  discarded(entry: OutboxEntry): void {
    this.ledger.discarded(this.who, entry);
    this.#newest.delete(idOf(entry));
  }

  /** What was in the database once, of the server or to be sent, is there or a later version is. */
  #holdNewest({ base, outbox }: Look): void {
    const times = new Map<string, number>();
    for (const kind of KINDS) for (const [key, { mt }] of base[kind]) times.set(idOf({ kind, key }), mt);
    for (const [id, { item }] of outbox) times.set(id, Math.max(item.mt, times.get(id) ?? 0));
    for (const [id, mt] of this.#newest)
      if ((times.get(id) ?? 0) < mt)
        throw new Error(`Browser ${this.who} had ${id} of ${mt}, and now of ${times.get(id)}.`);
    this.#newest = times;
  }

  /** The browser empties the database while no tab is open, and keeps what lies beside it. */
  async empty(fuse: Fuse): Promise<void> {
    const tabs = this.pages.length;
    for (const page of this.pages) page.kill();
    this.#newest.clear();
    await deleteDatabase(this.database);
    await this.open(fuse);
    for (let tab = 1; tab < tabs; tab++) await this.open();
  }

  /** The browser takes the database away from tabs that are open; with a fuse one of them may die of it. */
  async takeAway(fuse: Fuse | null): Promise<void> {
    const first = this.page(0);
    this.#newest.clear();
    let deleted: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      deleted = resolve;
    });
    const taken = this.pages.map((page) => {
      const reopened = page.takeAway(gone);
      reopened.catch(() => undefined);
      return Promise.race([page.dead, reopened]);
    });
    await deleteDatabase(this.database);
    if (fuse !== null) first.light(fuse);
    deleted();
    await Promise.all(taken);
    first.defuse();
    if (first.isDead) await this.open();
  }

  async quiet(): Promise<void> {
    // One tab may set another going.
    do await Promise.all(this.pages.map((page) => page.quiet()));
    while (!this.pages.every(({ isQuiet }) => isQuiet));
  }

  look(): Promise<Look> {
    return lookInto(this.database);
  }

  /** Fails unless every promise is kept so far, nothing has gone back, and the tabs show what the database holds. */
  async hold(): Promise<void> {
    const look = await this.look();
    this.#holdNewest(look);
    this.ledger.holdPromises(this.who, look.outbox);
    for (const [tab, page] of this.pages.entries())
      if (page.isInStep) holdShown(page.store, look, `Browser ${this.who}, tab ${tab}`);
  }
}
