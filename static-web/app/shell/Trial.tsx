import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { clock, milliseconds, tickingClock } from "../clock/clock.ts";
import { Dialog } from "../dialogs/Dialog.tsx";
import { t } from "../i18n/t.ts";
import { device } from "../settings/device.ts";
import { followWays } from "../settings/ways.ts";
import type { Health } from "../store/localStore.ts";
import { type MemoryStore, stillSync } from "../store/memoryStore.ts";
import { App } from "./App.tsx";
import { type AppContext, createContext } from "./context.ts";
import { followKeys } from "./keys.ts";
import { mount } from "./mount.ts";
import { followUpdates } from "./updates.ts";

/** The ways to try the app without a server. */
type Kind = "demo" | "sandbox";

/** How long the page is looked at before something is laid over it. */
const WELCOME_AFTER_MS = 200;

/** Shows the app over records that live as long as the page. */
export function showTrial(kind: Kind, store: MemoryStore): void {
  const clocks = { clock, now: tickingClock(), milliseconds };
  const keeping = { health: signal<Health>("open"), recovery: signal(null), isTrial: true };
  const app = createContext(store, stillSync(), device, clocks, keeping);
  followKeys(app);
  followWays(app.settings);
  void followUpdates();
  mount(<Trial kind={kind} app={app} />);
}

function Trial({ kind, app }: { readonly kind: Kind; readonly app: AppContext }) {
  const bar = (
    <>
      <p class="caption">{t(`trial.caption.${kind}`)}</p>
      <a class="button quiet" href="/app/">
        {t("login.openApp")}
      </a>
    </>
  );
  return (
    <>
      <App app={app} bar={bar} />
      <Welcome kind={kind} />
    </>
  );
}

function Welcome({ kind }: { readonly kind: Kind }) {
  const isOpen = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      isOpen.value = true;
    }, WELCOME_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isOpen]);
  if (!isOpen.value) return null;
  return (
    <Dialog
      title={t(`trial.title.${kind}`)}
      choices={[{ id: "begin", label: t(`trial.begin.${kind}`), look: "primary" }]}
      onClosed={() => {
        isOpen.value = false;
      }}
    >
      <p>{t(`trial.text.${kind}`)}</p>
    </Dialog>
  );
}
