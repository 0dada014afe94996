import { type AppFile, files, version } from "./app.ts";

declare const self: ServiceWorkerGlobalScope;

/** How the caches of this worker begin: others of the same origin are not ours to touch. */
const PREFIX = "timetagger-app-";
const NAME = PREFIX + version;
const APP_FOLDER = "/app/";

const byPath = new Map(files.map((file) => [file.path, file]));
const keyOf = (file: AppFile): string => `${file.path}?${file.key}`;
const ours = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function sha256(content: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The answer for a file that an earlier version kept, if it is the same still. */
async function kept(file: AppFile, names: readonly string[]): Promise<Response | undefined> {
  for (const cacheName of names) {
    const response = await caches.match(keyOf(file), { cacheName });
    if (response !== undefined) return response;
  }
  return undefined;
}

async function fetched(file: AppFile): Promise<Response> {
  // A redirected answer could not be shown, and one of another version would not fit the rest.
  const response = await fetch(file.path, { cache: "no-cache", redirect: "error" });
  if (!response.ok) throw new Error(`${file.path} was answered with ${response.status}.`);
  if ((await sha256(await response.clone().arrayBuffer())) !== file.sha256) {
    throw new Error(`${file.path} is of another version.`);
  }
  return response;
}

/**
 * Keeps every file of the app, or, where one cannot be had, nothing: then the version before stays whole. A cache of this
 * version that is there already may be in use (the server went back to it) and stays, too.
 */
export async function install(): Promise<void> {
  const earlier = await ours();
  const cache = await caches.open(NAME);
  try {
    await Promise.all(
      files.map(async (file) => {
        await cache.put(keyOf(file), (await kept(file, earlier)) ?? (await fetched(file)));
      }),
    );
  } catch (error) {
    if (!earlier.includes(NAME)) await caches.delete(NAME);
    throw error;
  }
}

/** Forgets what earlier versions kept, unless a second window is open, which may still run one of them. */
export async function tidy(): Promise<void> {
  const names = await ours();
  // What is being installed has its cache already.
  if (self.registration.installing !== null || self.registration.waiting !== null) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.filter(({ url }) => new URL(url).pathname.startsWith(APP_FOLDER)).length > 1) return;
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
}

async function fromEarlier(request: Request): Promise<Response> {
  for (const cacheName of await ours()) {
    const response = await caches.match(request, { cacheName, ignoreSearch: true });
    if (response !== undefined) return response;
  }
  return fetch(request);
}

/**
 * The answer for a request, or null where it is none of this worker's business: what is not read, what is another
 * site's, and everything of the API.
 */
export function answer(request: Request): Promise<Response> | null {
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return null;
  if (pathname.startsWith("/api/") || pathname === "/status") return null;
  const file = byPath.get(pathname);
  if (file !== undefined && (request.mode === "navigate" || search === "")) {
    return caches.match(keyOf(file), { cacheName: NAME }).then((response) => response ?? fetch(request));
  }
  // A window that was opened before an update may ask for a piece that only the earlier version has.
  return pathname.startsWith("/assets/") ? fromEarlier(request) : null;
}
