import type { AnyItem, Kind } from "../app/store/store.ts";

/** What is written in an item, as text. This is the proof's own idea of it, not the product's. */
export const wordsOf = (item: AnyItem): string =>
  "value" in item ? JSON.stringify(item.value) : JSON.stringify([item.t1, item.t2, item.ds]);

export const nameOf = (kind: Kind, key: string): string => `${kind}/${key}`;

/** A version as a person reads it in a failure. */
export const versionOf = (kind: Kind, item: AnyItem): string =>
  `${nameOf(kind, item.key)} of ${item.mt}, ${wordsOf(item).slice(0, 60)}`;
