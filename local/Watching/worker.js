// Served in watch mode only, in the place of the app's worker: that would show what it keeps, and not what was built.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith("timetagger-app-"));
      await Promise.all(names.map((name) => caches.delete(name)));
      await self.registration.unregister();
      if (names.length === 0) return;
      for (const client of await self.clients.matchAll({ type: "window" })) await client.navigate(client.url);
    })(),
  ),
);
