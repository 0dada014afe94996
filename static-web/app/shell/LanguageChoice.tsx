import { useSignal } from "@preact/signals";
import { chooseLanguage, language } from "../i18n/language.ts";
import { isLanguage, LANGUAGES, nameOf } from "../i18n/languages.ts";
import { t } from "../i18n/t.ts";

/** The choice of the language on this device. */
export function LanguageChoice() {
  const failed = useSignal(false);
  return (
    <div class="field language">
      <label for="language">{t("language.label")}</label>
      <select
        id="language"
        value={language.value}
        onChange={async ({ currentTarget: select }) => {
          failed.value = false;
          try {
            if (isLanguage(select.value)) await chooseLanguage(select.value);
          } catch {
            select.value = language.value;
            failed.value = true;
          }
        }}
      >
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {nameOf(code)}
          </option>
        ))}
      </select>
      <p class="error" role="status">
        {failed.value && t("language.failed")}
      </p>
    </div>
  );
}
