import Languages from "icon:languages";
import { language, chooseLanguage as speak } from "../i18n/language.ts";
import { LANGUAGES, type Language } from "../i18n/languages.ts";
import { t } from "../i18n/t.ts";
import type { Action } from "./action.ts";

const action = (code: Language): Action => ({
  id: `language-${code}`,
  label: `action.language.${code}`,
  hint: `action.hint.language.${code}`,
  keywords: `action.words.language.${code}`,
  icon: Languages,
  lack: "action.lack.difference",
  isEnabled: () => language.value !== code,
  async perform(app) {
    try {
      await speak(code);
      app.announcement.value = t(`action.language.${code}`);
    } catch {
      app.notice.value = { text: t("language.failed") };
    }
  },
});

/** Speak one of the languages, on this device. */
export const chooseLanguage: readonly Action[] = LANGUAGES.map(action);
