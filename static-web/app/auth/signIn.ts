import { ApiFailure, requestJson } from "../api/request.ts";
import { encodeBase64 } from "./base64.ts";
import { type AuthInfo, currentAuth, saveToken } from "./info.ts";
import { forgetRevoked } from "./redirect.ts";

/** A proof of identity that the server trades for a token. */
export type Proof =
  | { readonly method: "usernamepassword"; readonly username: string; readonly password: string }
  | { readonly method: "localhost" };

function tokenOf(answer: unknown): string {
  const token = (answer as { token?: unknown } | null)?.token;
  if (typeof token !== "string") throw new ApiFailure("shape", "The server's answer has no token.");
  return token;
}

/** Signs in and remembers it. Throws `ApiFailure`. */
export async function signIn(proof: Proof): Promise<AuthInfo> {
  const body = encodeBase64(JSON.stringify(proof));
  const token = tokenOf(await requestJson({ method: "POST", path: "bootstrap_authentication", body }));
  forgetRevoked();
  return saveToken(token);
}

/** Trades the token for one with a later expiry, unless somebody signed out or changed meanwhile. Throws `ApiFailure`. */
export async function renewToken(info: AuthInfo): Promise<void> {
  const token = tokenOf(await requestJson({ method: "GET", path: "webtoken", token: info.token }));
  if (currentAuth()?.username === info.username) saveToken(token);
}

/** Whether the page is open on the computer that serves it. */
export function isOnThisComputer(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
