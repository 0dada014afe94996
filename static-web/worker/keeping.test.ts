import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const ORIGIN = "https://timetagger.invalid";
const OTHERS = "somebody-else";

/** The browser's caches, by name: what each keeps. */
let kept: Map<string, Map<string, Response>>;

const caches = {
  keys: async () => [...kept.keys()],
  open: async (name: string) => {
    const cache = kept.get(name) ?? new Map<string, Response>();
    kept.set(name, cache);
    return { put: async (key: string, response: Response) => void cache.set(key, response) };
  },
  match: async (key: string, { cacheName }: { cacheName: string }) => kept.get(cacheName)?.get(key)?.clone(),
  delete: async (name: string) => kept.delete(name),
};

async function sha256(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The worker of a version that needs these files. */
async function workerOf(version: string, files: Readonly<Record<string, string>>) {
  vi.resetModules();
  const list = Object.entries(files).map(async ([path, text]) => {
    const hash = await sha256(text);
    return { path, sha256: hash, key: hash.slice(0, 8) };
  });
  vi.stubGlobal("APP", { version, files: await Promise.all(list) });
  return import("./keeping.ts");
}

const fetched: string[] = [];

function serve(files: Readonly<Record<string, string>>): void {
  fetched.length = 0;
  vi.stubGlobal("fetch", async (path: string) => {
    fetched.push(path);
    const text = files[path];
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  });
}

describe("install", () => {
  beforeEach(() => {
    kept = new Map([[OTHERS, new Map()]]);
    vi.stubGlobal("caches", caches);
    vi.stubGlobal("self", { location: { origin: ORIGIN } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("all files are there_keeps them, and fetches only what the version before did not have", async () => {
    const one = { "/app/": "page", "/assets/a.js": "a" };
    serve(one);
    await (await workerOf("one", one)).install();
    const two = { ...one, "/assets/b.js": "b" };
    serve(two);
    await (await workerOf("two", two)).install();
    expect(fetched).toEqual(["/assets/b.js"]);
    expect([...kept.keys()]).toEqual([OTHERS, "timetagger-app-one", "timetagger-app-two"]);
    expect(kept.get("timetagger-app-two")?.size).toBe(3);
  });

  it.each([
    ["missing", {}],
    ["of another version", { "/assets/b.js": "another" }],
  ])("a file is %s_fails and leaves only the version before", async (_, served) => {
    const one = { "/app/": "page" };
    serve(one);
    await (await workerOf("one", one)).install();
    serve({ ...one, ...served });
    const two = await workerOf("two", { ...one, "/assets/b.js": "b" });
    await expect(two.install()).rejects.toThrow("/assets/b.js");
    expect([...kept.keys()]).toEqual([OTHERS, "timetagger-app-one"]);
  });

  it("fails for a version that is kept already_leaves that one, which may be in use", async () => {
    const one = { "/app/": "page", "/assets/a.js": "a" };
    serve(one);
    await (await workerOf("one", one)).install();
    serve({});
    const again = await workerOf("one", { ...one, "/assets/c.js": "c" });
    await expect(again.install()).rejects.toThrow("/assets/c.js");
    expect(kept.get("timetagger-app-one")?.size).toBeGreaterThanOrEqual(2);
  });
});
