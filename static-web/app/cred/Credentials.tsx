import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { type PlainMessageKey, t } from "../i18n/t.ts";
import { CodeLine } from "../shell/CodeLine.tsx";
import { cleanName, cleanPassword, nameProblem, passwordProblem, variants } from "./credentials.ts";
import type { Hasher } from "./hasher.ts";

/** How long nothing is typed before a password is hashed. */
const PAUSE_MS = 250;

type Hashed =
  | { readonly state: "none" | "busy" }
  | { readonly state: "done"; readonly hash: string }
  | { readonly state: "failed"; readonly reason: string };

/** Makes the credentials of a user, in this browser alone. */
export function Credentials({ hasher }: { readonly hasher: Hasher }) {
  const name = useSignal("");
  const password = useSignal("");
  const isVisible = useSignal(false);
  const hashed = useSignal<Hashed>({ state: "none" });
  // Blanks around it do not count: no need to hash again.
  const wanted = useComputed(() =>
    passwordProblem(password.value) === null ? cleanPassword(password.value) : "",
  );
  useSignalEffect(() => {
    const text = wanted.value;
    hasher.stop();
    hashed.value = { state: text === "" ? "none" : "busy" };
    if (text === "") return;
    const timer = setTimeout(async () => {
      try {
        const hash = await hasher.hash(text);
        if (hash !== null) hashed.value = { state: "done", hash };
      } catch (error) {
        hashed.value = { state: "failed", reason: error instanceof Error ? error.message : String(error) };
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div class="cred">
      <h1>{t("cred.title")}</h1>
      <p>{t("cred.text")}</p>
      <form class="card wide fields" autocomplete="off" onSubmit={(event) => event.preventDefault()}>
        <Field id="cred-name" label="login.username" hint="cred.nameHint" problem={nameProblem(name.value)}>
          {(described) => (
            <input
              {...described}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field
          id="cred-password"
          label="login.password"
          hint="cred.passwordHint"
          problem={passwordProblem(password.value)}
        >
          {(described) => (
            <input
              {...described}
              {...(isVisible.value ? { type: "text" } : { type: "password" })}
              autocomplete="new-password"
              autocapitalize="none"
              spellcheck={false}
              value={password.value}
              onInput={(event) => {
                password.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <label class="choice">
          <input
            type="checkbox"
            checked={isVisible.value}
            onChange={(event) => {
              isVisible.value = event.currentTarget.checked;
            }}
          />
          {t("cred.show")}
        </label>
      </form>
      <Results name={name.value} hashed={hashed.value} />
    </div>
  );
}

/** A labelled input with a hint, and a sentence when what is typed cannot be used. */
function Field(props: {
  readonly id: string;
  readonly label: PlainMessageKey;
  readonly hint: PlainMessageKey;
  readonly problem: PlainMessageKey | null;
  readonly children: (described: {
    readonly id: string;
    readonly "aria-invalid": boolean;
    readonly "aria-describedby": string;
  }) => preact.JSX.Element;
}) {
  const { id, problem } = props;
  return (
    <div class="field">
      <label for={id}>{t(props.label)}</label>
      {props.children({
        id,
        "aria-invalid": problem !== null,
        "aria-describedby": `${id}-hint ${id}-error`,
      })}
      <p id={`${id}-hint`} class="hint">
        {t(props.hint)}
      </p>
      <p id={`${id}-error`} class="error" role="status">
        {problem !== null && t(problem)}
      </p>
    </div>
  );
}

function Results({ name, hashed }: { readonly name: string; readonly hashed: Hashed }) {
  const isReady = hashed.state === "done" && cleanName(name) !== "" && nameProblem(name) === null;
  return (
    <section class="card wide" aria-labelledby="cred-results">
      <h2 id="cred-results">{t("cred.results")}</h2>
      <p class="feedback" role="status">
        {isReady ? t("cred.ready") : t(hashed.state === "busy" ? "cred.busy" : "cred.empty")}
      </p>
      {isReady &&
        variants(name, hashed.hash).map(({ id, text }) => (
          <div key={id} class="field">
            <h3>{t(`cred.as.${id}`)}</h3>
            <CodeLine id={`cred-${id}`} name={t(`cred.as.${id}`)} value={text} />
            <p class="hint">{t(`cred.asHint.${id}`)}</p>
          </div>
        ))}
      <p class="notice" role="alert">
        {hashed.state === "failed" && t("cred.failed", { reason: hashed.reason })}
      </p>
    </section>
  );
}
