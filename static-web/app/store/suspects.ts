import type { AnyItem, Kind } from "./store.ts";

const versionOf = ({ key, mt }: AnyItem): string => `${key}@${mt}`;

/** What failed alone in earlier pushes, by version: an item that was changed since is another one. */
export class Suspects {
  /** Each kind's, the one that was tried last at the end. */
  readonly #tried: Readonly<Record<Kind, Set<string>>> = { settings: new Set(), records: new Set() };
  /** Those at which the server failed in the last push and in this one, while it took something else. */
  #last: ReadonlySet<string> = new Set();
  #next = new Set<string>();

  /** A push begins. One that is not judged in the end says nothing about any item. */
  begin(): void {
    this.#last = this.#next;
    this.#next = new Set();
  }

  /** What waits, as it is to be sent: first what never failed alone, then the rest, the one tried longest ago in front. */
  inTurn<T extends AnyItem>(
    kind: Kind,
    waiting: readonly T[],
  ): readonly [fresh: readonly T[], tried: readonly T[]] {
    const fresh = new Map(waiting.map((item) => [versionOf(item), item]));
    const tried: T[] = [];
    for (const version of this.#tried[kind]) {
      const item = fresh.get(version);
      if (item === undefined) this.#tried[kind].delete(version);
      else tried.push(item);
      fresh.delete(version);
    }
    return [[...fresh.values()], tried];
  }

  failedAlone(kind: Kind, item: AnyItem): void {
    const version = versionOf(item);
    this.#tried[kind].delete(version);
    this.#tried[kind].add(version);
  }

  /**
   * Whether it is the item at which the server fails: it did so in two pushes, one after the other, and took something
   * else in each. A push in which it took nothing at all counts neither for nor against.
   */
  isProven(kind: Kind, item: AnyItem, isOtherTaken: boolean): boolean {
    const id = `${kind}/${versionOf(item)}`;
    const isKnown = this.#last.has(id);
    if (isKnown || isOtherTaken) this.#next.add(id);
    return isKnown && isOtherTaken;
  }
}
