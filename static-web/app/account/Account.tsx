import { type AuthInfo, knownAuth } from "../auth/info.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { LanguageChoice } from "../shell/LanguageChoice.tsx";
import { ApiToken } from "./ApiToken.tsx";
import { OtherDevices } from "./OtherDevices.tsx";

/** Who is signed in here, their other devices, the token for their programs, and the language of this device. */
export function Account() {
  const info = knownAuth.value;
  return (
    <div class="account">
      <h1>{t("account.title")}</h1>
      <section class="card wide" aria-labelledby="sign-in-title">
        <h2 id="sign-in-title">{t("account.here")}</h2>
        {info === null ? <SignedOut /> : <SignedIn info={info} />}
      </section>
      {info !== null && <OtherDevices key={`devices ${info.username}`} username={info.username} />}
      {info !== null && <ApiToken key={`token ${info.username}`} username={info.username} />}
      <section class="card wide" aria-labelledby="device-title">
        <h2 id="device-title">{t("account.device")}</h2>
        <LanguageChoice />
      </section>
    </div>
  );
}

function SignedIn({ info }: { readonly info: AuthInfo }) {
  return (
    <>
      <p id="status">
        {t("login.signedIn", { name: info.username })}{" "}
        {t("account.until", { date: formats().date(info.expires) })}
      </p>
      <div class="choices">
        <a class="button primary" href="/app/">
          {t("login.openApp")}
        </a>
        <a class="button quiet" href="/logout#page=/account">
          {t("action.signOut")}
        </a>
      </div>
    </>
  );
}

function SignedOut() {
  return (
    <>
      <p id="status">{t("account.signedOut")}</p>
      <div class="choices">
        <a class="button primary" href="/login#page=/account">
          {t("login.submit")}
        </a>
      </div>
    </>
  );
}
