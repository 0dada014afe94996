/// <reference types="vite/types/importMeta.d.ts" />
import { TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "./languages.ts";
import { argumentsOf, elementsOf, messageTypes, parseMessage } from "./messageTypes.ts";

type Texts = Readonly<Record<string, string>>;

const catalogueTexts = import.meta.glob<string>("../../strings/*.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const sourceTexts = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});
const catalogueText = (language: string): string => catalogueTexts[`../../strings/${language}.json`] ?? "{}";
const catalogue = (language: string): Texts => JSON.parse(catalogueText(language));
const english = catalogue("en");
const translations = LANGUAGES.filter((language) => language !== "en");
const ofTranslation = translations.flatMap((language) =>
  Object.entries(catalogue(language)).map(([key, text]) => ({ language, key, text })),
);
const ofAll = LANGUAGES.flatMap((language) =>
  Object.entries(catalogue(language)).map(([key, text]) => ({ language, key, text })),
);
const sources = Object.entries(sourceTexts)
  .filter(([name]) => !name.includes(".test.") && !name.endsWith("/messages.ts"))
  .map(([name, text]) => ({ name, text }));

describe("the catalogues", () => {
  it("strings_folder_has a catalogue of every language and nothing else", () => {
    const files = LANGUAGES.map((language) => `../../strings/${language}.json`);
    expect(Object.keys(catalogueTexts).sort()).toEqual(files.sort());
  });

  it.each(LANGUAGES)("%s_as JSON_names no message twice", (language) => {
    const names = [...catalogueText(language).matchAll(/^\s*"([^"]+)":/gm)].map(([, name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(translations)("%s_has_the messages of English", (language) => {
    expect(Object.keys(catalogue(language)).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(ofTranslation)("argumentsOf_is what the English message takes_$language $key", ({ key, text }) => {
    expect(Object.fromEntries(argumentsOf(text))).toEqual(
      Object.fromEntries(argumentsOf(english[key] ?? "")),
    );
  });

  it.each(ofAll)("plurals_are those of the language_$language $key", ({ language, text }) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const element of elementsOf(parseMessage(text))) {
      if (element.type !== TYPE.plural) continue;
      const named = Object.keys(element.options).filter((form) => !form.startsWith("="));
      expect(named.sort()).toEqual([...forms].sort());
    }
  });

  it("messages.ts_as committed_is what strings/en.json says", async () => {
    await expect(messageTypes(english)).toMatchFileSnapshot("messages.ts");
  });
});

describe("what people read", () => {
  it("code_of the whole app_uses every message", () => {
    const code = sources.map(({ text }) => text).join("\n");
    const literals = new Set([...code.matchAll(/"([a-z]\w*(?:\.\w+)+)"/gi)].map(([, key]) => key));
    const beginnings = [...code.matchAll(/`([a-z]\w*\.[\w.]*)\$\{/gi)].map(([, start]) => start ?? "");
    const isUsed = (key: string): boolean =>
      literals.has(key) || beginnings.some((start) => key.startsWith(start));
    expect(Object.keys(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  // Text between tags is the linter's: noJsxLiterals in biome.json.
  it.each(sources.filter(({ name }) => name.endsWith(".tsx")))(
    "attributes_speak from the catalogue_in $name",
    ({ text }) => {
      const spoken =
        /\b(?:alt|aria-(?:description|label|placeholder|roledescription|valuetext)|placeholder|title)=(?:"[^"]|\{["'`])/g;
      expect(text.match(spoken) ?? []).toEqual([]);
    },
  );
});
