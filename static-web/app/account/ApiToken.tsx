import { useSignal } from "@preact/signals";
import { apiToken } from "../auth/tokens.ts";
import { Dialog } from "../dialogs/Dialog.tsx";
import { t } from "../i18n/t.ts";
import { CodeLine } from "../shell/CodeLine.tsx";
import { AttemptProblem, useAttempt } from "./Attempt.tsx";

/** The token for the person's programs: hidden until they ask, and replaced after they confirm. */
export function ApiToken({ username }: { readonly username: string }) {
  const attempt = useAttempt();
  const token = useSignal<string | null>(null);
  const feedback = useSignal("");
  const asksAboutReset = useSignal(false);
  const load = async (reset: boolean): Promise<void> => {
    feedback.value = "";
    const worked = await attempt.run(async () => {
      token.value = await apiToken(username, reset);
    });
    if (worked) feedback.value = t(reset ? "apiToken.resetDone" : "apiToken.shown");
  };
  const toggle = (): void => {
    if (token.value === null) void load(false);
    else {
      token.value = null;
      feedback.value = t("apiToken.hidden");
    }
  };
  return (
    <section class="card wide" aria-labelledby="api-token-title">
      <h2 id="api-token-title">{t("apiToken.title")}</h2>
      <p>{t("apiToken.text")}</p>
      {token.value !== null && <CodeLine id="api-token" name={t("apiToken.title")} value={token.value} />}
      <div class="choices">
        <button
          type="button"
          id="show-api-token"
          class="button quiet"
          aria-disabled={attempt.busy}
          onClick={toggle}
        >
          {t(token.value === null ? "apiToken.show" : "apiToken.hide")}
        </button>
        <button
          type="button"
          id="reset-api-token"
          class="button danger"
          aria-disabled={attempt.busy}
          onClick={() => {
            asksAboutReset.value = true;
          }}
        >
          {t("apiToken.reset")}
        </button>
      </div>
      <p class="feedback" role="status">
        {attempt.busy ? t("apiToken.busy") : feedback.value}
      </p>
      <AttemptProblem attempt={attempt} />
      <details class="disclosure">
        <summary>{t("apiToken.about")}</summary>
        <p>{t("apiToken.aboutText")}</p>
      </details>
      {asksAboutReset.value && (
        <Dialog
          title={t("apiToken.resetTitle")}
          choices={[
            { id: "keep", label: t("apiToken.keep"), look: "quiet" },
            {
              id: "reset",
              label: t("apiToken.resetConfirm"),
              look: "danger",
              choose: () => void load(true),
            },
          ]}
          onClosed={() => {
            asksAboutReset.value = false;
          }}
        >
          <p>{t("apiToken.resetText")}</p>
        </Dialog>
      )}
    </section>
  );
}
