import { signOut } from "../actions/signOut.ts";
import { currentAuth } from "../auth/info.ts";
import { t } from "../i18n/t.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";
import { followKeys } from "../shell/keys.ts";
import { mount } from "../shell/mount.ts";
import { ShortcutsChoice } from "../shell/ShortcutsChoice.tsx";
import { SyncState } from "../shell/SyncState.tsx";
import { openSession } from "../shell/session.ts";
import { Running } from "../today/Running.tsx";
import { StartForm } from "../today/StartForm.tsx";
import { TodayList } from "../today/TodayList.tsx";

function App({ app }: { readonly app: AppContext }) {
  return (
    <>
      <header class="bar">
        <h1>{t("app.title")}</h1>
        <SyncState app={app} />
        <ActionButton action={signOut} app={app} />
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
        <ShortcutsChoice app={app} />
      </footer>
    </>
  );
}

async function main(): Promise<void> {
  const auth = currentAuth();
  if (auth === null) {
    location.replace("/login#page=/app/");
    return;
  }
  mount(<p class="empty">{t("app.opening")}</p>);
  try {
    const app = await openSession(auth.username);
    followKeys(app);
    mount(<App app={app} />);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mount(
      <p class="notice" role="alert">
        {t("app.cannotStore", { reason })}
      </p>,
    );
  }
}

void main();
