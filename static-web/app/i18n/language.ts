import { effect, type Signal, signal } from "@preact/signals";
import { readSetting } from "../settings/catalogue.ts";
import { device } from "../settings/device.ts";
import { directionOf, type Language, languageFor, localeFor } from "./languages.ts";
import { type Catalogue, speak } from "./t.ts";

/** Each language is a file of its own: a page loads only the one it speaks. */
const catalogues: Readonly<Record<Language, () => Promise<{ readonly default: Catalogue }>>> = {
  en: () => import("../../strings/en.json"),
  de: () => import("../../strings/de.json"),
};

/** The language of the page. */
export const language: Signal<Language> = signal<Language>("en");

/** Lets the page speak the language of this person and this device, and follow when another tab chooses. */
export async function speakPreferred(): Promise<void> {
  await load(preferred());
  effect(() => {
    const wanted = preferred();
    if (wanted !== asked) void load(wanted);
  });
}

/** Speaks a language from now on, here and in every other page of this device. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  await load(chosen);
  device.keep("language", chosen);
}

function preferred(): Language {
  const chosen = readSetting("language", { device: device.stored.value.language, synced: undefined });
  return languageFor(chosen, navigator.languages);
}

/** The last language that was asked for: one that is loaded later than that must not win. */
let asked: Language | undefined;

async function load(wanted: Language): Promise<void> {
  asked = wanted;
  const { default: catalogue } = await catalogues[wanted]();
  if (asked !== wanted) return;
  speak(wanted, localeFor(wanted, navigator.languages), catalogue);
  language.value = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = directionOf(wanted);
}
