import { requestJson } from "../api/request.ts";
import { encodeBase64 } from "./base64.ts";
import { type AuthInfo, saveToken } from "./info.ts";
import { forgetRevoked } from "./revoked.ts";
import { tokenOf } from "./tokens.ts";

/** A proof of identity that the server trades for a token. */
export type Proof =
  | { readonly method: "usernamepassword"; readonly username: string; readonly password: string }
  | { readonly method: "localhost" };

/** Signs in and remembers it. Throws `ApiFailure`. */
export async function signIn(proof: Proof): Promise<AuthInfo> {
  const body = encodeBase64(JSON.stringify(proof));
  const token = tokenOf(await requestJson({ method: "POST", path: "bootstrap_authentication", body }));
  forgetRevoked();
  return saveToken(token);
}

/** Whether the page is open on the computer that serves it. */
export function isOnThisComputer(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
