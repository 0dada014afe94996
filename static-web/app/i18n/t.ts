import { signal } from "@preact/signals";
import { IntlMessageFormat } from "intl-messageformat";
import type { Messages } from "./messages.ts";

/** The name of a message. */
export type MessageKey = keyof Messages;

/** A message that is shown as it stands. */
export type PlainMessageKey = {
  [Key in MessageKey]: Messages[Key] extends null ? Key : never;
}[MessageKey];

type Values<Key extends MessageKey> = Messages[Key] extends null
  ? readonly []
  : readonly [values: Messages[Key]];

/** The catalogue of one language: ICU messages by their names. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** The language that the page speaks. */
interface Speech {
  /** The language of the texts, such as `de`. */
  readonly language: string;
  /** The locale of figures, such as `de-AT`. */
  readonly locale: string;
  readonly message: (key: MessageKey) => IntlMessageFormat;
}

const speech = signal<Speech | null>(null);

/** Lets the page speak a language from now on; what is on the screen follows. */
export function speak(language: string, locale: string, catalogue: Catalogue): void {
  const cache = new Map<MessageKey, IntlMessageFormat>();
  const message = (key: MessageKey): IntlMessageFormat => {
    let format = cache.get(key);
    if (format === undefined) {
      // Texts have no mark-up: a smaller-than sign is one.
      format = new IntlMessageFormat(catalogue[key], locale, undefined, { ignoreTag: true });
      cache.set(key, format);
    }
    return format;
  };
  speech.value = { language, locale, message };
}

/** What the page speaks. Throws before `speak`: a page chooses its language before it shows anything. */
export function spoken(): Speech {
  if (speech.value === null) throw new Error("The page has not chosen its language yet.");
  return speech.value;
}

/** The message in the person's language, its names filled in and its words fitting the counts. */
export function t<Key extends MessageKey>(key: Key, ...values: Values<Key>): string {
  return String(
    spoken()
      .message(key)
      .format(values[0] ?? {}),
  );
}
