// The service worker of the app: it starts without a connection, and always as one whole version.
import { answer, install, tidy } from "./keeping.ts";
import { clicked } from "./notifications.ts";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([tidy(), self.clients.claim()])));

self.addEventListener("fetch", (event) => {
  const response = answer(event.request);
  if (response !== null) event.respondWith(response);
});

self.addEventListener("message", (event) => {
  // Windows decide when a new version takes their place: see app/shell/updates.ts.
  if (event.data?.type === "takeOver") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "opened") event.waitUntil(tidy());
});

self.addEventListener("notificationclick", (event) =>
  event.waitUntil(clicked(event.notification, event.action)),
);
