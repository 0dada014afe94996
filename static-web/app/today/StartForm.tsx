import { isAllowed } from "../actions/attempt.ts";
import { perform } from "../actions/registry.ts";
import { start } from "../actions/start.ts";
import { t } from "../i18n/t.ts";
import { shortcutHints } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";

const FIELD = "description";

/** Puts the cursor where the next description is typed. */
export const focusDescription = (): void => document.getElementById(FIELD)?.focus();

/** Where a person says what they are doing, and starts. */
export function StartForm({ app }: { readonly app: AppContext }) {
  const notice = app.notice.value;
  const isInvalid = notice?.aboutDraft === true;
  return (
    <form
      class="start-form"
      onSubmit={(event) => {
        event.preventDefault();
        void perform(start, app);
      }}
    >
      <label for={FIELD}>{t("start.label")}</label>
      <div class="start-row">
        <input
          id={FIELD}
          type="text"
          autocomplete="off"
          placeholder={t("start.placeholder")}
          aria-invalid={isInvalid}
          aria-describedby={isInvalid ? "notice" : undefined}
          value={app.draft.value}
          onInput={(event) => {
            app.draft.value = event.currentTarget.value;
            // It spoke about what was typed before.
            if (app.notice.value?.aboutDraft) app.notice.value = null;
          }}
        />
        <button
          type="submit"
          id="action-start"
          class={`button ${app.running.value.length > 0 ? "quiet" : "primary"}`}
          aria-disabled={!isAllowed(start, app)}
          {...shortcutHints(start, app)}
        >
          {t(start.label)}
        </button>
      </div>
      <p id="notice" class="notice" role="alert">
        {notice?.text}
      </p>
    </form>
  );
}
