declare const self: ServiceWorkerGlobalScope;

const APP = "/app/";
const CLOSE = "close";

const rank = (client: WindowClient): number =>
  (client.focused ? 2 : 0) + (client.visibilityState === "visible" ? 1 : 0);

/**
 * Hands what was chosen in a notification to one window of the app: the one the person looks at, else any, else a new
 * one. The empty action is a click on the notification itself.
 */
export async function clicked(notification: Notification, action: string): Promise<void> {
  notification.close();
  if (action === CLOSE) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const [window] = windows
    .filter(({ url }) => new URL(url).pathname === APP)
    .sort((a, b) => rank(b) - rank(a));
  if (window === undefined) {
    await self.clients.openWindow(action === "" ? APP : `${APP}?${new URLSearchParams({ action })}`);
    return;
  }
  window.postMessage({ type: "notificationclick", action });
  await window.focus();
}
