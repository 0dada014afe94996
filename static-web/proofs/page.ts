import { setImmediate as tick } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Database } from "../app/store/database.ts";
import { History } from "../app/store/history.ts";
import { type Change, LocalStore } from "../app/store/localStore.ts";
import { keepMark, readMark } from "../app/store/marker.ts";
import { recover } from "../app/store/recovery.ts";
import { remoteOver } from "../app/store/remote.ts";
import {
  type AnyItem,
  type Batch,
  type BatchSource,
  type BatchWritten,
  type Edit,
  KINDS,
} from "../app/store/store.ts";
import { Sync } from "../app/store/sync.ts";
import { quietHost } from "../app/store/testHost.ts";
import { Connection } from "./connection.ts";
import { type Profile, USER } from "./profile.ts";

/** Ends what awaits it for ever, as the end of a page does. */
const never = new Promise<never>(() => undefined);

/** When a tab dies: after so many moments, and so many turns of the event loop later. */
export interface Fuse {
  readonly at: number;
  readonly ticks: number;
}

/** So many turns of the event loop without anything going on, and nothing will. */
const CALM_TURNS = 5;

/** The first look shows nothing of lately, so that edits and answers come to records that are not read yet. */
const NOTHING_OF_LATELY = -1e10;
/** How long the rest may be read after the first look, in transactions and requests. */
const MOST_MOMENTS_BEFORE_THE_REST = 60;

/** How a tab hears what the other one changes: a frozen one does not. */
export type Hearing = "at once" | "late" | "never";

/** One tab: the real store, sync and history, as a session joins them, until it is killed. */
export class Page {
  static #pages = 0;
  /** What tells it from all other tabs: its requests carry it where others have a token. */
  readonly id = `page-${Page.#pages++}`;
  readonly #profile: Profile;
  #store: LocalStore | null = null;
  #sync: Sync | null = null;
  #history: History<string> | null = null;
  hearing: Hearing = "at once";
  #unheard: Change[] = [];
  /** How many changes this tab may never be told of, and how many of those it has seen by looking at everything. */
  #missed = 0;
  #caughtUp = 0;
  readonly #connection = new Connection(() => this.moment());
  #isDead = false;
  #die: () => void = () => undefined;
  /** Resolves when the tab is killed. */
  readonly dead = new Promise<void>((resolve) => {
    this.#die = resolve;
  });
  #fuse = Number.POSITIVE_INFINITY;
  #ticks = 0;
  #restAfter = Number.POSITIVE_INFINITY;
  #isBurning = false;
  #running = 0;
  #requests = 0;
  #blocked = 0;
  readonly #following = new Set<Promise<unknown>>();
  #forget: () => void = () => undefined;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  get store(): LocalStore {
    if (this.#store === null) throw new Error("The tab is not loaded.");
    return this.#store;
  }

  get sync(): Sync {
    if (this.#sync === null) throw new Error("The tab is not loaded.");
    return this.#sync;
  }

  get history(): History<string> {
    if (this.#history === null) throw new Error("The tab is not loaded.");
    return this.#history;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether it has been told of every change, and has read everything. */
  get isInStep(): boolean {
    return this.#missed === this.#caughtUp && this.#unheard.length === 0 && this.store.isComplete.peek();
  }

  /** Loads the data and joins the sync, in the order of a session. */
  async load(): Promise<void> {
    const { profile, now } = { profile: this.#profile, now: () => this.#profile.now() };
    const host = {
      now,
      announce: (change: Change) => {
        if (this.#isDead) return;
        for (const page of profile.pages) if (page !== this) page.hear(change);
        if (change.isEdit) sync.edited();
      },
    };
    const store = await LocalStore.open(await this.#open(), host, NOTHING_OF_LATELY);
    this.#restAfter = profile.loads++ % MOST_MOMENTS_BEFORE_THE_REST;
    const sync = new Sync(
      store,
      remoteOver(() => this.id),
      {
        ...quietHost(now),
        milliseconds: () => profile.milliseconds(),
      },
    );
    this.#history = new History({ change: (batch) => this.#change(store, batch) });
    if ((await recover(store, readMark(profile.keeper, USER))) !== null) profile.tally.count("recoveries");
    this.#forget = keepMark(profile.keeper, USER, store, () => sync.report.value.lastSync);
    [this.#store, this.#sync] = [store, sync];
    sync.lead();
  }

  /** A moment at which the tab may be killed, and after some of which it reads the rest. */
  moment(): void {
    if (this.#restAfter-- === 0) void this.#store?.readOn();
    if (this.#fuse-- === 0) void this.#burn();
  }

  /** Kills the tab so many moments from now, and so many turns of the event loop later. */
  light({ at, ticks }: Fuse): void {
    [this.#fuse, this.#ticks] = [at, ticks];
  }

  /** Lets the tab live, unless its last moment has come already. */
  defuse(): void {
    this.#fuse = Number.POSITIVE_INFINITY;
    if (this.#isBurning) this.kill();
  }

  async #burn(): Promise<void> {
    this.#isBurning = true;
    for (let i = 0; i < this.#ticks; i++) await tick();
    this.kill();
  }

  /** The end of the tab: transactions that are not complete leave nothing, and nobody hears an answer. */
  kill(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#forget();
    this.#profile.tally.count("transactions cut off by a kill", this.#connection.cut());
    this.#profile.buried(this);
    this.#die();
  }

  /** Pushes and pulls; over when all is done or when something is late. */
  async run(isAsked: boolean): Promise<void> {
    this.#profile.tally.count("syncs");
    if (isAsked) {
      this.sync.signedIn();
      this.sync.resume();
    }
    // One that comes while another is under way only sees to it that one follows.
    const isFirst = this.#running === 0;
    const missed = this.#missed;
    this.#running += 1;
    void this.sync.run().then(() => {
      this.#running -= 1;
      if (isFirst && this.sync.status.value.phase === "done") this.#caughtUp = missed;
    });
    await this.quiet();
  }

  /** The person turns to another window, and comes back. */
  async hide(): Promise<void> {
    this.#running += 1;
    void this.sync.flush().then(() => {
      this.#running -= 1;
    });
    await this.quiet();
  }

  /** Whether nothing goes on in this tab, or all that goes on waits for something that is late. */
  get isQuiet(): boolean {
    if (this.#isDead) return true;
    const waits = this.#running <= this.#blocked && this.#requests <= this.#blocked;
    return waits && this.#connection.isIdle && this.#following.size === 0;
  }

  async quiet(): Promise<void> {
    // What was let go, or has been answered, a moment ago goes on with one of the next turns.
    for (let calm = 0; calm < CALM_TURNS; calm = this.isQuiet ? calm + 1 : 0) await tick();
  }

  /** Waits for something that is late. */
  async block(late: Promise<void>): Promise<void> {
    this.#blocked += 1;
    await late;
    this.#blocked -= 1;
  }

  /** Is told what another tab has changed. */
  hear(change: Change): void {
    if (this.#isDead) return;
    if (this.#store === null || this.hearing === "never") this.miss();
    else if (this.hearing === "late") this.#unheard.push(change);
    else this.#follow(change);
  }

  /** Another tab changed something, or died before it could say so. */
  miss(): void {
    this.#missed += 1;
  }

  /** Is told what came late. */
  listen(): void {
    for (const change of this.#unheard.splice(0)) this.#follow(change);
  }

  /** The person looks at the tab again. */
  async wake(): Promise<void> {
    this.hearing = "at once";
    this.listen();
    await this.quiet();
    const missed = this.#missed;
    await this.store.readOn();
    await this.store.catchUp();
    this.#caughtUp = missed;
  }

  /** Sends a request of this tab. */
  async request(path: string, init: RequestInit): Promise<Response> {
    this.moment();
    if (this.#isDead) return never;
    this.#requests += 1;
    const [answer] = await Promise.allSettled([
      this.#profile.line.carry(path, init, (late) => this.block(late)),
    ]);
    this.#requests -= 1;
    this.moment();
    if (this.#isDead) return never;
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  }

  /** The browser takes the database away. */
  async takeAway(gone: Promise<void>): Promise<void> {
    this.store.closed("lost");
    this.#connection.close();
    await gone;
    await this.store.reopen(await this.#open());
  }

  #follow(change: Change): void {
    const work = this.store.follow(change).catch((error: unknown) => {
      if (!this.#isDead) this.#profile.complain(error);
    });
    this.#following.add(work);
    void work.then(() => this.#following.delete(work));
  }

  #open(): Promise<Database> {
    return this.#connection.open(this.#profile.database, (why) => this.#store?.closed(why));
  }

  /** Makes edits, and notes what was asked for and what was promised. */
  async #change(store: LocalStore, source: BatchSource): Promise<BatchWritten> {
    const { ledger, who, tally } = this.#profile;
    const noted = <Item extends AnyItem>(kind: "records" | "settings", edits: readonly Edit<Item>[] = []) =>
      edits.map(({ key, change }) => ({
        key,
        change: (current: Item | undefined): Item | undefined => {
          const item = change(current);
          if (item !== undefined) ledger.attempting(who, kind, { ...item, key });
          return item;
        },
      }));
    const notedAll = (batch: Batch): Batch => ({
      records: noted("records", batch.records),
      settings: noted("settings", batch.settings),
    });
    const written = await store.change(
      typeof source === "function" ? () => notedAll(source()) : notedAll(source),
    );
    if (this.#isDead) return never;
    for (const kind of KINDS)
      for (const { after } of written[kind]) {
        const shown = store[kind].get(after.key);
        // A later version may be there already; the same one has to be what was promised.
        if (
          shown === undefined ||
          shown.mt < after.mt ||
          (shown.mt === after.mt && !isDeepStrictEqual(shown, after))
        )
          throw new Error(`The tab shows ${JSON.stringify(shown)}, and just wrote ${JSON.stringify(after)}`);
        ledger.acknowledged(who, kind, after);
        tally.count("edits");
        if (!store.isComplete.peek()) tally.count("edits before all was read");
      }
    this.moment();
    return written;
  }
}
