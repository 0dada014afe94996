import { useSignal } from "@preact/signals";
import { signOutOthers } from "../auth/tokens.ts";
import { t } from "../i18n/t.ts";
import { AttemptProblem, useAttempt } from "./Attempt.tsx";

/** Signs out every device of the person but this one. */
export function OtherDevices({ username }: { readonly username: string }) {
  const attempt = useAttempt();
  const done = useSignal(false);
  const signOut = async (): Promise<void> => {
    done.value = false;
    done.value = await attempt.run(() => signOutOthers(username));
  };
  return (
    <section class="card wide" aria-labelledby="devices-title">
      <h2 id="devices-title">{t("devices.title")}</h2>
      <p>{t("devices.text")}</p>
      <button
        type="button"
        id="sign-out-others"
        class="button quiet"
        aria-disabled={attempt.busy}
        onClick={() => void signOut()}
      >
        {t("devices.signOut")}
      </button>
      <p class="feedback" role="status">
        {attempt.busy ? t("devices.busy") : done.value && t("devices.done")}
      </p>
      <AttemptProblem attempt={attempt} />
      <details class="disclosure">
        <summary>{t("devices.about")}</summary>
        <p>{t("devices.aboutText")}</p>
      </details>
    </section>
  );
}
