import type { ComponentChildren } from "preact";
import { openPalette } from "../actions/openPalette.ts";
import { ClockNotice } from "../clock/ClockNotice.tsx";
import { DialogStack } from "../dialogs/DialogStack.tsx";
import { t } from "../i18n/t.ts";
import { Running } from "../today/Running.tsx";
import { StartBar } from "../today/StartBar.tsx";
import { TodayList } from "../today/TodayList.tsx";
import { ActionButton } from "./ActionButton.tsx";
import type { AppContext } from "./context.ts";
import { Done } from "./Done.tsx";
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
        <ActionButton action={openPalette} app={app} look="icon" />
      </header>
      <main class="desk-page">
        <ClockNotice app={app} />
        <StartBar app={app} />
        <Running app={app} />
        <TodayList app={app} />
        <Done app={app} />
      </main>
      <footer class="foot">
        <ShortcutsChoice app={app} />
        <LanguageChoice />
      </footer>
      <UpdateNotice dialogs={app.dialogs} />
      <DialogStack app={app} />
    </>
  );
}
