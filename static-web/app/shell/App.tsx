import type { ComponentChildren } from "preact";
import { redo, undo } from "../actions/undo.ts";
import { t } from "../i18n/t.ts";
import { Running } from "../today/Running.tsx";
import { StartForm } from "../today/StartForm.tsx";
import { TodayList } from "../today/TodayList.tsx";
import { ActionButton } from "./ActionButton.tsx";
import type { AppContext } from "./context.ts";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { ShortcutsChoice } from "./ShortcutsChoice.tsx";
import { UpdateNotice } from "./UpdateNotice.tsx";

/** The whole app. `bar` is what stands beside its name: how the records are kept, and the way out. */
export function App({ app, bar }: { readonly app: AppContext; readonly bar: ComponentChildren }) {
  return (
    <>
      <header class="bar">
        <h1>{t("app.title")}</h1>
        {bar}
      </header>
      <main class="desk-page">
        <StartForm app={app} />
        <Running app={app} />
        <TodayList app={app} />
        <p class="visually-hidden" role="status">
          {app.announcement.value}
        </p>
      </main>
      <footer class="foot">
        <ActionButton action={undo} app={app} />
        <ActionButton action={redo} app={app} />
        <ShortcutsChoice app={app} />
        <LanguageChoice />
      </footer>
      <UpdateNotice />
    </>
  );
}
