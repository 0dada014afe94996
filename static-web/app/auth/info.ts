import { type ReadonlySignal, signal } from "@preact/signals";
import { decodeBase64Url } from "./base64.ts";

/** Where the sign-in is kept; the name is part of the contract with existing clients. */
export const AUTH_KEY = "timetagger_auth_info";

/** Who is signed in. The client reads the token, it never judges it: that is the server's part. */
export interface AuthInfo {
  readonly username: string;
  /** Unix seconds. */
  readonly expires: number;
  readonly seed: string;
  readonly token: string;
}

function infoFrom(value: unknown, token: unknown): AuthInfo | null {
  if (typeof value !== "object" || value === null || typeof token !== "string" || token === "") return null;
  const { username, expires, seed } = value as Record<string, unknown>;
  if (typeof username !== "string" || username === "" || typeof expires !== "number") return null;
  return { username, expires, seed: typeof seed === "string" ? seed : "", token };
}

/** Reads the payload of a token; null when it is none of ours. */
export function readToken(token: string): AuthInfo | null {
  try {
    return infoFrom(JSON.parse(decodeBase64Url(token.split(".")[1] ?? "")), token);
  } catch {
    return null;
  }
}

/** The current sign-in, or null. */
export function currentAuth(): AuthInfo | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(AUTH_KEY) ?? "null");
    return infoFrom(value, (value as { token?: unknown } | null)?.token);
  } catch {
    return null;
  }
}

/** The token of this person, while it is they who are signed in. */
export const currentTokenOf = (username: string) => (): string | null => {
  const auth = currentAuth();
  return auth?.username === username ? auth.token : null;
};

const known = signal<AuthInfo | null>(null);

/** The sign-in as this page last saw it, for the screen; `rereadAuth` follows the other tabs. */
export const knownAuth: ReadonlySignal<AuthInfo | null> = known;

/** Looks again who is signed in. */
export function rereadAuth(): void {
  known.value = currentAuth();
}

/** Remembers a sign-in. Throws when the token is none of ours. */
export function saveToken(token: string): AuthInfo {
  const info = readToken(token);
  if (info === null) throw new TypeError("The server's token cannot be read.");
  localStorage.setItem(AUTH_KEY, JSON.stringify(info));
  known.value = info;
  return info;
}

/** Forgets the sign-in. */
export function forgetAuth(): void {
  localStorage.removeItem(AUTH_KEY);
  known.value = null;
}
