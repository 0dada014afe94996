import { type ReadonlySignal, signal } from "@preact/signals";
import type { Setting, TimeRecord } from "../domain/record.ts";
import type { PushAnswer, Updates } from "./answers.ts";
import type { Changes } from "./changes.ts";
import { Copy } from "./copy.ts";
import type { Closed, Database } from "./database.ts";
import { discard, editAll, resend, restore } from "./edits.ts";
import { lookAt, lookAtAll, lookAtSeen, readPiece } from "./reading.ts";
import { merge, settle, startOver } from "./received.ts";
import {
  type AnyItem,
  type AppStore,
  type BatchSource,
  type BatchWritten,
  batchFrom,
  type ItemName,
  type ItemOf,
  type Kind,
  type OutboxEntry,
} from "./store.ts";
import { type Writing, type Wrote, write } from "./writing.ts";

/** What a transaction changed, for other tabs: the items, or too much to name. */
export interface Change {
  /** The `id` of the database: revisions of another one mean nothing. */
  readonly database: string;
  readonly revision: number;
  readonly items: "everything" | readonly ItemName[];
  /** Whether there is something new to send. */
  readonly isEdit: boolean;
}

/** What a pull asks for, and what was known then. */
export interface Question {
  /** The server time of the last pull; 0 before the first. */
  readonly since: number;
  /** The revision that last changed what the server is known to have. */
  readonly confirmed: number;
}

/** What a store needs of its surroundings. */
export interface StoreHost {
  /** The current time in whole unix seconds. */
  now(): number;
  /** Is told of every change made here, for other tabs to follow. */
  announce(change: Change): void;
}

/** Whether the database can be used. */
export type Health = "open" | Closed;

/**
 * After so many answers to resets that were overtaken the next one is taken: where each tab syncs for itself, somebody who
 * edits without a pause would keep them from ever starting over. What it leaves out comes with the next pull.
 */
const MOST_OVERTAKEN = 2;

/**
 * Records that ended within so many seconds are read first: those of today, however the person divides time, of the week
 * in which `resume-last` looks, and of the days in which the dialog looks for the last stop.
 */
const SEEN_FIRST = 8 * 86_400;

/** More items than this are not named to other tabs: reading all is quicker for them. */
const MOST_NAMED = 2000;

/**
 * The person's data in this browser: IndexedDB, and a copy in memory that the screen reads. Every change is one
 * transaction, and the copy follows only after that transaction is complete, so what the screen shows is durable. An edit
 * of what has not been read yet reads it.
 */
export class LocalStore implements AppStore {
  readonly #copy = new Copy();
  readonly #host: StoreHost;
  readonly #health = signal<Health>("open");
  #db: Database;
  #id = "";
  /** So many answers to resets in a row were not taken. */
  #overtaken = 0;
  /** Records are missing, and nobody reads on. */
  #isCutOff = false;

  private constructor(db: Database, host: StoreHost) {
    this.#db = db;
    this.#host = host;
  }

  /** Opens with what is seen first, for so many seconds back; the rest is read by `readOn`. */
  static async open(db: Database, host: StoreHost, seconds = SEEN_FIRST): Promise<LocalStore> {
    const store = new LocalStore(db, host);
    const [id, look] = await Promise.all([idOfDatabase(db), lookAtSeen(db, host.now() - seconds)]);
    store.#id = id;
    if (look === null) await store.#reload();
    else store.#copy.replace(look.found, look.revision, false);
    return store;
  }

  /** Opens with all that the database holds. */
  static async load(db: Database, host: StoreHost): Promise<LocalStore> {
    const store = await LocalStore.open(db, host);
    await store.readOn();
    return store;
  }

  /** Reads the records that are not here yet, in pieces between which the page answers. */
  async readOn(): Promise<void> {
    let after: string | null = null;
    try {
      while (!this.isComplete.peek()) {
        const { records, isLast } = await readPiece(this.#db, after);
        // All was read meanwhile, perhaps of another database.
        if (this.isComplete.peek()) return;
        this.#copy.add(records, isLast);
        after = records.at(-1)?.key ?? null;
      }
    } catch {
      this.#isCutOff = true; // The database was closed. Who reopens it, or looks at it again, reads everything.
    }
  }

  get isComplete(): ReadonlySignal<boolean> {
    return this.#copy.isComplete;
  }

  get version(): ReadonlySignal<number> {
    return this.#copy.version;
  }

  get records(): ReadonlyMap<string, TimeRecord> {
    return this.#copy.records;
  }

  get changes(): Changes {
    return this.#copy.changes;
  }

  get settings(): ReadonlyMap<string, Setting> {
    return this.#copy.settings;
  }

  get outbox(): ReadonlySignal<ReadonlyMap<string, OutboxEntry>> {
    return this.#copy.outbox;
  }

  get health(): ReadonlySignal<Health> {
    return this.#health;
  }

  /** Makes edits to what the database holds, in one transaction that is on the disk when this resolves. */
  async change(source: BatchSource): Promise<BatchWritten> {
    return this.#write("strict", async (tx) => {
      const now = await this.#editTime(tx);
      // What a function reads is the copy, and nobody else changes the database before this is over.
      if (typeof source === "function") await tx.catchUpCopy();
      return editAll(tx, batchFrom(source), now);
    });
  }

  async resend(names: readonly ItemName[]): Promise<void> {
    await this.#write("strict", async (tx) => resend(tx, names, await this.#editTime(tx)));
  }

  async discard(entries: readonly OutboxEntry[]): Promise<void> {
    await this.#write("strict", (tx) => discard(tx, entries));
  }

  /** The edits of one kind that are to be pushed: all but the refused ones. */
  outgoing<K extends Kind>(kind: K): readonly ItemOf[K][] {
    const items: ItemOf[K][] = [];
    for (const entry of this.#copy.outbox.value.values())
      if (entry.kind === kind && entry.refused === null) items.push(entry.item as ItemOf[K]);
    return items;
  }

  /** Takes the server's word on pushed items. An edit made during the push is another version and stays queued. */
  async settle(kind: Kind, pushed: readonly AnyItem[], answer: PushAnswer): Promise<void> {
    await this.#write("relaxed", (tx) => settle(tx, kind, pushed, answer));
  }

  /** The `since` of the next pull; 0 before the first. */
  async serverTime(): Promise<number> {
    return (await this.question()).since;
  }

  /** What the next pull asks for. */
  async question(): Promise<Question> {
    const tx = this.#db.transaction("meta", "readonly");
    const [since = 0, confirmed = 0] = (await Promise.all([
      tx.store.get("server_time"),
      tx.store.get("confirmed"),
    ])) as (number | undefined)[];
    return { since, confirmed };
  }

  /** What tells this database from one that is made anew. */
  get id(): string {
    return this.#id;
  }

  /**
   * Merges what a pull brought, items and time in one transaction, so that a kill in between repeats the pull. Returns
   * whether another sync has to follow: edits that wait were made anew, or the answer came too late to be of use, or to
   * hold everything.
   */
  async receive(updates: Updates, asked: Question): Promise<boolean> {
    const isQuiet = !updates.reset && updates.records.length === 0 && updates.settings.length === 0;
    if (isQuiet && (await this.serverTime()) === updates.serverTime) {
      this.#overtaken = 0;
      return false;
    }
    return this.#write("relaxed", async (tx) => {
      // The database was made anew, or put back, since the question: what came before it would be missing for ever.
      if (!updates.reset && ((await tx.meta("server_time")) ?? 0) < asked.since) return true;
      // What the server accepted since the question may not be in the answer, which would take its place.
      const isOvertaken = updates.reset && ((await tx.meta("confirmed")) ?? 0) !== asked.confirmed;
      if (isOvertaken && this.#overtaken++ < MOST_OVERTAKEN) return true;
      this.#overtaken = 0;
      tx.setMeta("server_time", updates.serverTime);
      if (updates.reset) return (await startOver(tx, updates, this.#host.now())) || isOvertaken;
      await merge(tx, updates);
      return false;
    });
  }

  /** Puts edits that another place has kept back into the outbox, as they were made. */
  async restore(entries: readonly OutboxEntry[]): Promise<void> {
    await this.#write("strict", (tx) => restore(tx, entries));
  }

  /** Follows what another tab has changed. */
  async follow(change: Change): Promise<void> {
    // One of us has a database that was made anew; who reopens it reads everything.
    if (change.database !== this.#id) return;
    if (change.items === "everything") return this.#reload();
    const { revision, found } = await lookAt(this.#db, change.items);
    // Something newer came meanwhile, and may be about the same items.
    if (this.#copy.isBeyond(revision)) return this.follow(change);
    this.#copy.take(found, change.revision);
  }

  /** Reads everything again if the database has changed without this tab being told. */
  async catchUp(): Promise<void> {
    const revision = ((await this.#db.get("meta", "revision")) as number | undefined) ?? 0;
    if (this.#isCutOff || !this.#copy.isAt(revision)) await this.#reload();
  }

  /** Lets go of the database: a page that the browser stops would keep others from deleting or changing it. */
  letGo(): void {
    this.#db.close();
    this.closed("asleep");
  }

  /** Says that the database can no longer be used; edits fail from now on. */
  closed(why: Closed): void {
    this.#health.value = why;
  }

  /**
   * Goes on with a newly opened database after the old one was taken away, or let go of. Where that one was emptied, the
   * edits that wait, which are still in memory, are put into it before anything forgets them. Returns whether it was.
   * When it throws, what waits is still in memory, and it can be tried again.
   */
  async reopen(db: Database): Promise<boolean> {
    const id = await idOfDatabase(db);
    const isAnother = id !== this.#id;
    if (isAnother) {
      const waiting = [...this.#copy.outbox.value.values()];
      const { wrote } = await write(db, new Copy(), "strict", (tx) => restore(tx, waiting));
      if (wrote.hasNews) this.#host.announce(changeOf(id, wrote));
    }
    this.#db = db;
    // Before anything is waited for: what other tabs still say of the old one is no longer heard.
    this.#id = id;
    this.#copy.startAgain();
    this.#overtaken = 0;
    await this.#reload();
    // Somebody may have deleted this one, too, or a newer page have taken it, before it was read.
    const health = this.#health.value;
    if (health === "lost" || health === "asleep") this.#health.value = "open";
    return isAnother;
  }

  /** When an edit made now is made: not before the server's last reset, whatever the clock says. */
  async #editTime(tx: Writing): Promise<number> {
    return Math.max(this.#host.now(), (await tx.meta("floor")) ?? 0);
  }

  async #write<T>(durability: IDBTransactionDurability, work: (tx: Writing) => Promise<T>): Promise<T> {
    const { result, wrote } = await write(this.#db, this.#copy, durability, work);
    if (wrote.hasNews) {
      if (wrote.isCleared) await this.#reload();
      else this.#copy.take(wrote.seen, wrote.revision);
      this.#host.announce(changeOf(this.#id, wrote));
      // A tab that missed what others did would remember the outbox, beside the database, without their edits. The change
      // itself is done, whether or not this succeeds.
      if (!this.#copy.isAt(wrote.revision)) await this.catchUp().catch(() => undefined);
    } else await this.catchUp();
    return result;
  }

  async #reload(): Promise<void> {
    for (;;) {
      const { revision, found } = await lookAtAll(this.#db);
      if (this.#copy.isBeyond(revision)) continue;
      this.#copy.replace(found, revision);
      this.#isCutOff = false;
      return;
    }
  }
}

const idOfDatabase = async (db: Database): Promise<string> =>
  ((await db.get("meta", "id")) as string | undefined) ?? "";

function changeOf(database: string, { revision, items, isCleared }: Wrote): Change {
  const isNamed = !isCleared && items.length <= MOST_NAMED;
  return {
    database,
    revision,
    items: isNamed ? items.map(({ kind, key }) => ({ kind, key })) : "everything",
    isEdit: items.some(({ entry }) => entry?.refused === null),
  };
}
