import { describe, expect, it } from "vitest";
import { directionOf, isLanguage, languageFor, localeFor, nameOf } from "./languages.ts";

describe("languageFor", () => {
  it.each([
    ["de", ["en-GB", "de"], "de"],
    [undefined, ["de-AT", "en"], "de"],
    [undefined, ["DE"], "de"],
    [undefined, ["fr-FR", "pt", "de"], "de"],
    [undefined, ["fr-FR", "pt"], "en"],
    [undefined, [], "en"],
    ["fr", ["de"], "de"],
    [7, ["de"], "de"],
    [undefined, ["deu-xx", "english"], "en"],
  ] as const)("languageFor_chosen %j, wished %j_is %s", (chosen, wished, expected) =>
    expect(languageFor(chosen, wished)).toBe(expected),
  );

  it("isLanguage_name of something else_is none", () => expect(isLanguage("toString")).toBe(false));
});

describe("localeFor", () => {
  it.each([
    ["en", ["de-DE", "en-gb", "en-US"], "en-GB"],
    ["de", ["de-AT"], "de-AT"],
    ["de", ["en-US"], "de"],
    ["en", ["en-*"], "en"],
  ] as const)("localeFor_%s among %j_is %s", (language, wished, expected) =>
    expect(localeFor(language, wished)).toBe(expected),
  );
});

describe("directionOf", () => {
  it.each([
    ["ar", "rtl"],
    ["ar-EG", "rtl"],
    ["he", "rtl"],
    ["de", "ltr"],
    ["en-GB", "ltr"],
  ] as const)("directionOf_%s_is %s", (language, expected) => expect(directionOf(language)).toBe(expected));
});

describe("nameOf", () => {
  it.each([
    ["en", "English"],
    ["de", "Deutsch"],
  ] as const)("nameOf_%s_is in that language", (language, name) => expect(nameOf(language)).toBe(name));
});
