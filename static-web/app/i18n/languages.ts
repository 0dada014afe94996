/** The languages of the client; `strings/` has a catalogue of each. The first is the one for everybody else. */
export const LANGUAGES = ["en", "de"] as const;

/** A language of the client. */
export type Language = (typeof LANGUAGES)[number];

const FALLBACK: Language = LANGUAGES[0];

/** Whether a value names a language of the client. */
export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.some((language) => language === value);

const baseOf = (locale: string): string => locale.split("-", 1)[0]?.toLowerCase() ?? "";

/** The language for a person: the one chosen on this device, else the first that they read and the client has. */
export function languageFor(chosen: unknown, wished: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return wished.map(baseOf).find(isLanguage) ?? FALLBACK;
}

/** The locale for figures in a language: the person's own region where they name one, such as `en-GB` for `en`. */
export function localeFor(language: Language, wished: readonly string[]): string {
  const locale = wished.find((candidate) => baseOf(candidate) === language) ?? language;
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? language;
  } catch {
    return language; // Browsers can be told to wish for anything.
  }
}

/** Languages that are written from right to left. Not every browser can be asked (`Intl.Locale`'s text info). */
const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** The direction in which a language is written. */
export const directionOf = (language: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.has(baseOf(language)) ? "rtl" : "ltr";

/** The name of a language in that language. */
export function nameOf(language: Language): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}
