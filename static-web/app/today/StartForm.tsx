import { perform } from "../actions/registry.ts";
import { start } from "../actions/start.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";

/** Where a person says what they are doing, and starts. */
export function StartForm({ app }: { readonly app: AppContext }) {
  return (
    <form
      class="start-form"
      onSubmit={(event) => {
        event.preventDefault();
        void perform(start, app);
      }}
    >
      <label for="description">{t("start.label")}</label>
      <div class="start-row">
        <input
          id="description"
          type="text"
          autocomplete="off"
          placeholder={t("start.placeholder")}
          aria-describedby="notice"
          value={app.draft.value}
          onInput={(event) => {
            app.draft.value = event.currentTarget.value;
          }}
        />
        <button
          type="submit"
          id="action-start"
          class={`button ${app.running.value.length > 0 ? "quiet" : "primary"}`}
          title={`${t(start.label)} (S)`}
          aria-keyshortcuts="S"
        >
          {t(start.label)}
        </button>
      </div>
      <p id="notice" class="notice" role="alert">
        {app.notice.value}
      </p>
    </form>
  );
}
