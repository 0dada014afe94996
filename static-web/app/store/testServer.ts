import type { PushAnswer } from "./answers.ts";
import type { Remote } from "./remote.ts";
import { type AnyItem, type ItemOf, KINDS, type Kind } from "./store.ts";

/** The server's rules for items, in memory: as much of them as a client can see. */
export class TestServer implements Remote {
  readonly items: Record<Kind, Map<string, AnyItem>> = { records: new Map(), settings: new Map() };
  /** Every version that was ever taken. */
  readonly seen = new Set<string>();
  resetTime = -1;
  #st = 1;

  /** What tells a version from any other. */
  static versionOf = (kind: Kind, { key, mt }: AnyItem): string => `${kind}/${key}@${mt}`;

  async push(kind: Kind, body: string): Promise<PushAnswer> {
    const [accepted, failed] = [new Set<string>(), new Map<string, string>()];
    for (const item of JSON.parse(body) as AnyItem[]) {
      const current = this.items[kind].get(item.key);
      if (item.mt < this.resetTime) {
        failed.set(item.key, "Item was modified after a reset");
        if (current !== undefined) this.#store(kind, current);
        continue;
      }
      accepted.add(item.key);
      this.seen.add(TestServer.versionOf(kind, item));
      this.#store(kind, current !== undefined && current.mt > item.mt ? current : item);
    }
    return { accepted, failed };
  }

  async pull(since: number) {
    const reset = since <= this.resetTime;
    const changed = <K extends Kind>(kind: K): readonly ItemOf[K][] =>
      [...(this.items[kind].values() as Iterable<ItemOf[K]>)].filter(({ st }) => reset || st >= since);
    const [records, settings] = [changed("records"), changed("settings")];
    return { serverTime: this.#st, reset, records, settings };
  }

  /** Makes every client start over. */
  reset(now: number): void {
    this.resetTime = now;
    this.#st = Math.max(this.#st, now + 1);
  }

  /** What it holds, without the times at which it was stored. */
  content(): unknown {
    return KINDS.map((kind) =>
      [...this.items[kind].values()]
        .map(({ st: _, ...item }) => item)
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    );
  }

  #store(kind: Kind, item: AnyItem): void {
    this.#st += 1;
    this.items[kind].set(item.key, { ...item, st: this.#st });
  }
}
