import { signal } from "@preact/signals";

const WORKER = "/app/sw.js";
const SCOPE = "/app/";
const CHECK_EVERY_MS = 4 * 60 * 60 * 1000;

/** Nobody has begun to do anything in a page this young. */
const JUST_OPENED_MS = 3000;

/** Whether a newer version than the one on the screen is here, and only a reload away. */
export const updateReady = signal(false);

let registration: ServiceWorkerRegistration | undefined;
let reloadsOnChange = false;

const TEXT_FIELDS = "input:not([type=checkbox], [type=radio], [type=hidden]), textarea";

/** Whether something in the page would be lost or disturbed: words in a field, or an open dialog. */
function isEditing(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(TEXT_FIELDS)];
  return document.querySelector("dialog[open]") !== null || fields.some((f) => f.value !== f.defaultValue);
}

const isUntouched = (): boolean => performance.now() < JUST_OPENED_MS && !isEditing();

/** Shows the newer version. The other windows of the app are offered to do the same. */
export function reload(): void {
  const waiting = registration?.waiting ?? null;
  if (waiting === null) {
    location.reload();
    return;
  }
  reloadsOnChange = true;
  waiting.postMessage({ type: "takeOver" });
}

function onWaiting(): void {
  if (isUntouched()) reload();
  else updateReady.value = true;
}

function follow(worker: ServiceWorker | null): void {
  worker?.addEventListener("statechange", () => {
    // Without a controller it is the first version that this browser keeps, and the one on the screen.
    if (worker.state === "installed" && navigator.serviceWorker.controller !== null) onWaiting();
  });
}

/**
 * Keeps the app in this browser, so that it starts without a connection, and looks for newer versions: at the start, every
 * four hours, and when the person comes back. A page that was opened just now and is untouched shows a new version by
 * itself; later it is offered (`updateReady`), and nothing is reloaded under anybody's hands.
 */
export async function followUpdates(): Promise<void> {
  const container = navigator.serviceWorker;
  if (container === undefined) return; // not over a plain connection to another machine
  let isControlled = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    if (isControlled && (reloadsOnChange || isUntouched())) location.reload();
    else if (isControlled) updateReady.value = true; // another window has taken the new version
    isControlled = true;
  });
  container.controller?.postMessage({ type: "opened" });

  const check = (): void => void registration?.update().catch(() => undefined); // without a connection, some other time
  try {
    registration = await container.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
  } catch {
    return; // Private windows may refuse it; the app works, with a connection.
  }
  registration.addEventListener("updatefound", () => follow(registration?.installing ?? null));
  follow(registration.installing);
  if (registration.waiting !== null && isControlled) onWaiting();
  check(); // at once, while the page is young: browsers look by themselves too, but at their leisure
  setInterval(check, CHECK_EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) check();
  });
}
