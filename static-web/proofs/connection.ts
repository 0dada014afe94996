import { unwrap } from "idb";
import { type Closed, type Database, openDatabase } from "../app/store/database.ts";

/** A tab's connection to its database, which can be cut in the middle of a transaction. */
export class Connection {
  readonly #moment: () => void;
  readonly #writing = new Set<IDBTransaction>();
  #db: IDBDatabase | null = null;
  #isCut = false;

  /** @param moment Is called before each transaction, and when one that writes is complete. */
  constructor(moment: () => void) {
    this.#moment = moment;
  }

  async open(name: string, onClosed: (why: Closed) => void): Promise<Database> {
    const opened = await openDatabase(name, { onClosed });
    const db = unwrap(opened) as IDBDatabase;
    if (this.#isCut) db.close();
    this.#watch(db);
    this.#db = db;
    return opened;
  }

  /** Whether nothing is being written. */
  get isIdle(): boolean {
    return this.#writing.size === 0;
  }

  close(): void {
    this.#db?.close();
  }

  /** Ends all use of the database: what is not complete leaves nothing. Returns how many transactions that were. */
  cut(): number {
    this.#isCut = true;
    let aborted = 0;
    for (const tx of this.#writing) {
      try {
        tx.abort();
        aborted += 1;
      } catch {
        // It is complete.
      }
    }
    this.close();
    return aborted;
  }

  #watch(db: IDBDatabase): void {
    const begin = db.transaction.bind(db);
    db.transaction = (...args) => {
      this.#moment();
      if (this.#isCut) throw new DOMException("The tab is dead.", "InvalidStateError");
      const tx = begin(...args);
      if (tx.mode !== "readwrite") return tx;
      this.#writing.add(tx);
      tx.addEventListener("abort", () => this.#writing.delete(tx));
      tx.addEventListener("complete", () => {
        this.#writing.delete(tx);
        this.#moment();
      });
      return tx;
    };
  }
}
