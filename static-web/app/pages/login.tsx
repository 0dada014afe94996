import { signal } from "@preact/signals";
import { currentAuth } from "../auth/info.ts";
import { signInProblem } from "../auth/problem.ts";
import { targetFromHash } from "../auth/redirect.ts";
import { isOnThisComputer, type Proof, signIn } from "../auth/signIn.ts";
import { t } from "../i18n/t.ts";
import { mount } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";
import { dropOld, signedOut } from "../unsent/notes.ts";

const busy = signal(false);
const problem = signal("");

const target = (): string => targetFromHash(location.hash, location.origin);

async function trySignIn(proof: Proof): Promise<void> {
  if (busy.value) return;
  busy.value = true;
  problem.value = "";
  try {
    await signIn(proof);
    location.replace(target());
  } catch (error) {
    problem.value = signInProblem(error, proof.method);
    busy.value = false;
    // The button lost the focus while it was disabled; the form is what is left to try.
    if (proof.method === "localhost") document.getElementById("username")?.focus();
  }
}

function submit(event: SubmitEvent): void {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  const field = (name: string): string => String(data.get(name) ?? "");
  void trySignIn({ method: "usernamepassword", username: field("username"), password: field("password") });
}

/** Tells whoever lands here that they were signed out from elsewhere, and where what had not been sent is. */
function SignedOutNote() {
  const [note] = signedOut(localStorage);
  if (note === undefined || currentAuth() !== null) return null;
  return (
    <p class="notice">
      {t("login.signedOut", { name: note.username })}{" "}
      {note.count > 0 && <a href="/logout">{t("login.unsent", { n: note.count })}</a>}
    </p>
  );
}

function Login() {
  const auth = currentAuth();
  return (
    <div class="card">
      <h1>{t("login.title")}</h1>
      <SignedOutNote />
      {auth !== null && (
        <p>
          {t("login.signedIn", { name: auth.username })} <a href={target()}>{t("login.openApp")}</a>
        </p>
      )}
      {isOnThisComputer(location.hostname) && (
        <button
          type="button"
          id="sign-in-here"
          class="button primary"
          disabled={busy.value}
          onClick={() => void trySignIn({ method: "localhost" })}
        >
          {t("login.here")}
        </button>
      )}
      <form class="fields" onSubmit={submit}>
        <label for="username">{t("login.username")}</label>
        <input id="username" name="username" autocomplete="username" autocapitalize="none" required />
        <label for="password">{t("login.password")}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button type="submit" id="sign-in" class="button quiet" disabled={busy.value}>
          {t("login.submit")}
        </button>
      </form>
      <p role="status">{busy.value ? t("login.busy") : ""}</p>
      <p class="notice" role="alert">
        {problem.value}
      </p>
    </div>
  );
}

void openPage({
  title: "login.title",
  show: () => {
    void dropOld(localStorage, Date.now());
    mount(<Login />);
  },
});
