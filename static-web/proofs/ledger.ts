import { type AnyItem, KINDS, type Kind, type OutboxEntry } from "../app/store/store.ts";
import type { Tally } from "./tally.ts";
import { nameOf, versionOf, wordsOf } from "./versions.ts";

/** An edit that was acknowledged to the person and has not come to its end yet. */
interface Promised {
  readonly kind: Kind;
  readonly item: AnyItem;
  /** The place of its words among all that this browser was asked to write into the item. */
  readonly order: number;
}

/** A version in a request to the server. */
interface Arrival {
  readonly who: number;
  readonly item: AnyItem;
  readonly began: number;
  /** When the request was over; infinite while it is under way. */
  ended: number;
  /** Whether the server surely took it. Otherwise it may have. */
  isSure: boolean;
}

/** A request that is under way with items in it. */
export interface Sending {
  readonly who: number;
  readonly kind: Kind;
  readonly arrivals: readonly Arrival[];
}

/**
 * What the browsers promised, and what became of it as far as it can be seen on the wire. It knows nothing of how the
 * product keeps its books. An edit has come to its end when the server has accepted it, when the same browser has
 * acknowledged a later one of the same item, or when the person discarded it. Until then it has to be in the outbox.
 */
export class Ledger {
  readonly #tally: Tally;
  readonly #promised = new Map<number, Map<string, Promised>>();
  readonly #orders = new Map<string, number>();
  readonly #refused = new Set<string>();
  readonly #arrivals = new Map<string, readonly Arrival[]>();
  #time = 0;
  #order = 0;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** A browser is about to write these words. */
  attempting(who: number, kind: Kind, item: AnyItem): void {
    this.#order += 1;
    this.#orders.set(`${who} ${nameOf(kind, item.key)} ${wordsOf(item)}`, this.#order);
  }

  /** A browser says that an edit is durable. */
  acknowledged(who: number, kind: Kind, item: AnyItem): void {
    const mine = this.#promisedBy(who);
    const name = nameOf(kind, item.key);
    const before = mine.get(name);
    if (before?.item.mt === item.mt)
      throw new Error(
        `Two edits have one time: ${versionOf(kind, before.item)} and ${versionOf(kind, item)}`,
      );
    // Two tabs may be told in another order than they wrote.
    if (before !== undefined && before.item.mt > item.mt) return;
    mine.set(name, { kind, item, order: this.#orderOf(who, kind, item) });
  }

  /** The person threw a refused edit away. */
  discarded(who: number, { kind, key, item }: OutboxEntry): void {
    const promised = this.#promisedBy(who).get(nameOf(kind, key));
    if (promised !== undefined && promised.item.mt <= item.mt)
      this.#promisedBy(who).delete(nameOf(kind, key));
  }

  /** A request leaves for the server. */
  began(who: number, kind: Kind, items: readonly AnyItem[]): Sending {
    this.#time += 1;
    const arrivals = items.map((item) => ({
      who,
      item,
      began: this.#time,
      ended: Number.POSITIVE_INFINITY,
      isSure: false,
    }));
    for (const one of arrivals) {
      const name = nameOf(kind, one.item.key);
      this.#arrivals.set(name, [...this.#arrivalsOf(name), one]);
    }
    return { who, kind, arrivals };
  }

  /** The server has answered, whether or not the browser will ever hear it. */
  answered(sending: Sending, accepted: readonly string[], failed: readonly string[]): void {
    const { who, kind, arrivals } = sending;
    this.#time += 1;
    for (const one of arrivals) {
      const { item } = one;
      one.ended = this.#time;
      if (failed.includes(item.key)) {
        this.refused(who, kind, item);
        const name = nameOf(kind, item.key);
        this.#arrivals.set(
          name,
          this.#arrivalsOf(name).filter((other) => other !== one),
        );
      } else if (accepted.includes(item.key)) {
        one.isSure = true;
        this.#countConflict(who, kind, item);
        this.#accounted(who, kind, item);
      } else throw new Error(`The server says nothing of ${versionOf(kind, item)}.`);
    }
  }

  /** The server was killed before it answered: it may have taken all of it, or nothing. */
  unknown(sending: Sending): void {
    this.#time += 1;
    for (const one of sending.arrivals) one.ended = this.#time;
  }

  /** The server, or what is in front of it, refused this very version. */
  refused(who: number, kind: Kind, item: AnyItem): void {
    this.#tally.count("refused items");
    this.#refused.add(`${who} ${versionOf(kind, item)}`);
  }

  /** A browser is told by the server what the server has: its own edit may be among it. */
  pulled(who: number, kind: Kind, items: readonly AnyItem[]): void {
    for (const item of items) {
      if (!this.#arrivalsOf(nameOf(kind, item.key)).some((one) => isSame(one.item, item)))
        throw new Error(`The server tells of ${versionOf(kind, item)}, which nobody sent.`);
      const promised = this.#promisedBy(who).get(nameOf(kind, item.key));
      if (promised !== undefined && isSame(promised.item, item)) this.#accounted(who, kind, item);
    }
  }

  /** Fails unless what a browser promised is in its outbox, and what is marked there as refused was refused. */
  holdPromises(who: number, outbox: ReadonlyMap<string, OutboxEntry>): void {
    for (const [name, promised] of this.#promisedBy(who)) {
      const entry = outbox.get(name);
      if (entry === undefined || !this.#keeps(who, promised, entry.item))
        throw new Error(
          `Browser ${who} lost ${versionOf(promised.kind, promised.item)}: ${entry === undefined ? "nothing" : versionOf(entry.kind, entry.item)} is in its outbox.`,
        );
    }
    for (const { kind, item, refused } of outbox.values())
      if (refused !== null && !this.#refused.has(`${who} ${versionOf(kind, item)}`))
        throw new Error(`Browser ${who} takes ${versionOf(kind, item)} for refused, which it was not.`);
  }

  /** Fails unless the server ended with the versions that the rule wants: the largest `mt`, then what came last. */
  holdFinal(final: Readonly<Record<Kind, ReadonlyMap<string, AnyItem>>>): void {
    const named = KINDS.flatMap((kind) =>
      [...final[kind]].map(([key, item]) => [nameOf(kind, key), item] as const),
    );
    const found = new Map(named);
    for (const [name, arrivals] of this.#arrivals) {
      const item = found.get(name);
      const mayStay = arrivals.filter((one) => !arrivals.some((other) => isBeaten(one, other)));
      if (
        item === undefined
          ? arrivals.some(({ isSure }) => isSure)
          : !mayStay.some((one) => isSame(one.item, item))
      )
        throw new Error(
          `The server ended with ${JSON.stringify(item)} for ${name}, not with ${JSON.stringify(mayStay.map((one) => one.item))}`,
        );
      found.delete(name);
    }
    if (found.size > 0) throw new Error(`The server has what nobody sent: ${[...found.keys()].join()}`);
  }

  /** Whether this version is the promised one, or one that the browser made of it or wrote over it later. */
  #keeps(who: number, { kind, item, order }: Promised, version: AnyItem): boolean {
    return version.mt >= item.mt && this.#orderOf(who, kind, version) >= order;
  }

  #accounted(who: number, kind: Kind, item: AnyItem): void {
    const name = nameOf(kind, item.key);
    const promised = this.#promisedBy(who).get(name);
    if (promised !== undefined && this.#keeps(who, promised, item)) this.#promisedBy(who).delete(name);
  }

  #countConflict(who: number, kind: Kind, item: AnyItem): void {
    const arrivals = this.#arrivalsOf(nameOf(kind, item.key));
    const others = arrivals.filter((one) => one.who !== who && one.isSure);
    if (others.some((one) => one.item.mt > item.mt)) this.#tally.count("conflicts lost");
    if (others.some((one) => one.item.mt === item.mt)) this.#tally.count("conflicts in one second");
  }

  #orderOf(who: number, kind: Kind, item: AnyItem): number {
    return this.#orders.get(`${who} ${nameOf(kind, item.key)} ${wordsOf(item)}`) ?? 0;
  }

  #arrivalsOf(name: string): readonly Arrival[] {
    return this.#arrivals.get(name) ?? [];
  }

  #promisedBy(who: number): Map<string, Promised> {
    const mine = this.#promised.get(who) ?? new Map<string, Promised>();
    this.#promised.set(who, mine);
    return mine;
  }
}

const isSame = (a: AnyItem, b: AnyItem): boolean => a.mt === b.mt && wordsOf(a) === wordsOf(b);

/** Whether a version cannot be the one that stays, because of another that surely arrived. */
const isBeaten = (one: Arrival, by: Arrival): boolean =>
  by.isSure &&
  (by.item.mt > one.item.mt ||
    (by.item.mt === one.item.mt && by.began > one.ended && wordsOf(by.item) !== wordsOf(one.item)));
