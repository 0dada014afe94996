const APP = "/app/";

const WITH_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** The address to go to after signing in or out: the `page` of the hash, if it is a path of this site. */
export function targetFromHash(hash: string, origin: string, fallback: string = APP): string {
  const page = new URLSearchParams(hash.replace(/^#/, "")).get("page");
  if (page === null || page === "" || WITH_SCHEME.test(page)) return origin + fallback;
  try {
    const url = new URL(page, `${origin}/`);
    // The whole address is returned, never its path: a path may begin with two slashes and so name another host.
    return url.origin === origin && url.username === "" ? url.href : origin + fallback;
  } catch {
    return origin + fallback;
  }
}
