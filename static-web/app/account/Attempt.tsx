import { useSignal } from "@preact/signals";
import { t } from "../i18n/t.ts";
import { accountProblem, type Problem } from "./problem.ts";

/** One thing at a time that is asked of the server. */
export interface Attempt {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Does it, unless something is under way; resolves with whether it worked. */
  run(work: () => Promise<void>): Promise<boolean>;
}

/** The state of what a part of the page asks of the server. */
export function useAttempt(): Attempt {
  const busy = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  return {
    busy: busy.value,
    problem: problem.value,
    async run(work) {
      if (busy.value) return false;
      busy.value = true;
      problem.value = null;
      try {
        await work();
        return true;
      } catch (error) {
        problem.value = accountProblem(error);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

/** Says why an attempt did not work. */
export function AttemptProblem({ attempt: { problem } }: { readonly attempt: Attempt }) {
  return (
    <p class="notice" role="alert">
      {problem?.text}
      {problem?.asksForSignIn && <a href="/login#page=/account">{t("sync.signInAgain")}</a>}
    </p>
  );
}
