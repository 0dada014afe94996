import { catalogue } from "./catalogue.ts";

type Catalogue = typeof catalogue;

/** The name of a message. */
export type MessageKey = keyof Catalogue;

/** The names between braces in a message. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** A message that is shown as it stands. */
export type PlainMessageKey = {
  [Key in MessageKey]: [Names<Catalogue[Key]>] extends [never] ? Key : never;
}[MessageKey];

type Values<Key extends MessageKey> = [Names<Catalogue[Key]>] extends [never]
  ? readonly []
  : readonly [values: { readonly [Name in Names<Catalogue[Key]>]: string }];

type CountedKey = { [Key in MessageKey]: Key extends `${infer Base}.other` ? Base : never }[MessageKey];

const plural = new Intl.PluralRules("en");

function fill(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The message in the person's language, its names filled in. */
export function t<Key extends MessageKey>(key: Key, ...values: Values<Key>): string {
  return fill(catalogue[key], values[0]);
}

/** The form of a message that fits the count `n`. */
export function tn(key: CountedKey, n: number): string {
  const form = plural.select(n) === "one" ? "one" : "other";
  return fill(catalogue[`${key}.${form}`], { n: String(n) });
}
