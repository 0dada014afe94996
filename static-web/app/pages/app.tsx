import { effect } from "@preact/signals";
import { openAccount } from "../actions/openAccount.ts";
import { signOut } from "../actions/signOut.ts";
import { currentAuth } from "../auth/info.ts";
import { followClock, trustDevice } from "../clock/clock.ts";
import { t } from "../i18n/t.ts";
import { askAboutLongRunning } from "../record/longRunning.ts";
import { followWays } from "../settings/ways.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import { App } from "../shell/App.tsx";
import { STORAGE } from "../shell/capabilities.ts";
import type { AppContext } from "../shell/context.ts";
import { followKeys } from "../shell/keys.ts";
import { mount, mountAlone } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";
import { followRequests } from "../shell/requests.ts";
import { SyncState } from "../shell/SyncState.tsx";
import { openSession } from "../shell/session.ts";
import { followUpdates } from "../shell/updates.ts";

function Bar({ app }: { readonly app: AppContext }) {
  return (
    <>
      <SyncState app={app} />
      <a id="account" href="/account">
        {t(openAccount.label)}
      </a>
      <ActionButton action={signOut} app={app} />
    </>
  );
}

async function show(): Promise<void> {
  const auth = currentAuth();
  if (auth === null) {
    location.replace("/login#page=/app/");
    return;
  }
  void followUpdates();
  followClock();
  mountAlone(<p class="empty">{t("app.opening")}</p>);
  try {
    const app = await openSession(auth.username, () => mountAlone(<p class="empty">{t("app.blocked")}</p>));
    if (app === null) return;
    followKeys(app);
    followWays(app.settings);
    effect(() => trustDevice(app.settings.get("trusts_device_clock")));
    mount(<App app={app} bar={<Bar app={app} />} />);
    followRequests(app);
    askAboutLongRunning(app, localStorage);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    mountAlone(
      <p class="notice" role="alert">
        {t("app.cannotStore", { reason })}
      </p>,
    );
  }
}

void openPage({ title: "app.title", needs: STORAGE, show });
