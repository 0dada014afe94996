/** Which records have changed since their one reader last asked. */
export class Unread {
  #keys: Set<string> | "everything" = "everything";

  /** These have changed, or are gone. */
  add(keys: Iterable<string>): void {
    if (this.#keys !== "everything") for (const key of keys) this.#keys.add(key);
  }

  /** All may be others than before. */
  addEverything(): void {
    this.#keys = "everything";
  }

  /** The keys, or that there may be more than can be named: so it is the first time. They count as read from now on. */
  take(): ReadonlySet<string> | "everything" {
    const keys = this.#keys;
    this.#keys = new Set();
    return keys;
  }
}

/** Tells each reader what it has not read yet. */
export class Changes {
  readonly #readers: Unread[] = [];

  /** A list of its own for somebody who follows the records as long as the page lives. */
  reader(): Unread {
    const reader = new Unread();
    this.#readers.push(reader);
    return reader;
  }

  note(keys: readonly string[]): void {
    for (const reader of this.#readers) reader.add(keys);
  }

  noteEverything(): void {
    for (const reader of this.#readers) reader.addEverything();
  }
}
