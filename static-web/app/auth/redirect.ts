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

const REVOKED = "timetagger_revoked";

/** Leaves for the sign-out page, which wipes without asking: whoever revoked the token wants no data left here. */
export function leaveRevoked(): void {
  // Not in the address: a link to it must not be able to wipe edits that wait.
  sessionStorage.setItem(REVOKED, "1");
  location.replace("/logout");
}

/** Whether the sign-out page was reached because the token was revoked. */
export const wasRevoked = (): boolean => sessionStorage.getItem(REVOKED) === "1";

/** Forgets that a token was revoked, once the data is gone. */
export const forgetRevoked = (): void => sessionStorage.removeItem(REVOKED);
