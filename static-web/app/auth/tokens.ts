import { ApiFailure, type FailureKind, requestJson } from "../api/request.ts";
import { withToken } from "../api/withToken.ts";
import { currentAuth, currentTokenOf, saveToken } from "./info.ts";
import { forgetReplacing, noteReplacing } from "./revoked.ts";

/**
 * After these the server may have done what it was asked for. `revoked`: a browser sends a request again whose connection
 * broke, and the first one may have arrived.
 */
const UNCERTAIN: readonly FailureKind[] = ["network", "server", "busy", "shape", "revoked"];

/** The token of an answer. Throws `ApiFailure` where there is none. */
export function tokenOf(answer: unknown): string {
  const token = (answer as { token?: unknown } | null)?.token;
  if (typeof token !== "string") throw new ApiFailure("shape", "The server's answer has no token.");
  return token;
}

const ask = async (username: string, path: string): Promise<string> =>
  tokenOf(await withToken(currentTokenOf(username), (token) => requestJson({ method: "GET", path, token })));

/** Trades the web token for one with a later expiry, unless somebody signed out or changed. Throws `ApiFailure`. */
export async function renewToken(username: string): Promise<void> {
  const info = currentAuth();
  if (info?.username !== username) return;
  const token = await ask(username, "webtoken");
  // Another tab may have got one meanwhile that makes this one invalid.
  if (currentAuth()?.token !== info.token) return;
  saveToken(token);
  forgetReplacing();
}

/** Makes every web token of the person invalid but a new one, which this device keeps. Throws `ApiFailure`. */
export function signOutOthers(username: string): Promise<void> {
  return inTurn(async () => {
    const info = currentAuth();
    if (info?.username !== username) return;
    const takeBack = noteReplacing(info.seed);
    try {
      const token = await ask(username, "webtoken?reset=1");
      if (currentAuth()?.username === username) saveToken(token);
    } catch (error) {
      if (error instanceof ApiFailure && !UNCERTAIN.includes(error.kind)) takeBack();
      throw error;
    }
  });
}

/** Lets tabs do this one after the other: the second begins with the token that the first one got. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  "locks" in navigator ? navigator.locks.request("timetagger:sign-in", work) : work();

/** The token for the person's programs; with `reset` a new one, and the old one is invalid. Throws `ApiFailure`. */
export const apiToken = (username: string, reset: boolean): Promise<string> =>
  ask(username, reset ? "apitoken?reset=1" : "apitoken");
