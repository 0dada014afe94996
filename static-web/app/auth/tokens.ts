import { ApiFailure, requestJson } from "../api/request.ts";
import { currentAuth, saveToken } from "./info.ts";
import { forgetReplacing, noteReplacing } from "./revoked.ts";

/** The token of an answer. Throws `ApiFailure` where there is none. */
export function tokenOf(answer: unknown): string {
  const token = (answer as { token?: unknown } | null)?.token;
  if (typeof token !== "string") throw new ApiFailure("shape", "The server's answer has no token.");
  return token;
}

/** Trades the web token for one with a later expiry, unless somebody signed out or changed. Throws `ApiFailure`. */
export const renewToken = (username: string): Promise<void> => replaceToken(username, "webtoken");

/** Makes every web token of the person invalid but a new one, which this device keeps. Throws `ApiFailure`. */
export const signOutOthers = (username: string): Promise<void> =>
  // A tab that asks with the old token before the new one is here, or after its answer was lost, hears that it is revoked.
  replaceToken(username, "webtoken?reset=1", noteReplacing);

async function replaceToken(
  username: string,
  path: string,
  before: (seed: string) => void = () => undefined,
): Promise<void> {
  const info = currentAuth();
  if (info?.username !== username) return;
  before(info.seed);
  const token = tokenOf(await requestJson({ method: "GET", path, token: info.token }));
  if (currentAuth()?.username === username) forgetReplacing(saveToken(token).seed);
}

/** The token for the person's programs; with `reset` a new one, and the old one is invalid. Throws `ApiFailure`. */
export async function apiToken(username: string, reset: boolean): Promise<string> {
  const info = currentAuth();
  if (info?.username !== username) throw new ApiFailure("unauthorized", "Somebody else is signed in.");
  return tokenOf(
    await requestJson({ method: "GET", path: reset ? "apitoken?reset=1" : "apitoken", token: info.token }),
  );
}
