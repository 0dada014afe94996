import type { PlainMessageKey } from "../i18n/t.ts";

/**
 * The work that a guess costs, as a power of two. The API's clients have used 8, which today's hardware guesses too
 * fast; OWASP asks for 10 or more, and for as much as the server can bear. A person signs in with a password once in
 * two weeks, so 12 (about a quarter of a second on a server) bothers nobody but who guesses.
 */
export const COST = 12;

/** What bcrypt looks at; it would silently ignore the rest. */
const PASSWORD_BYTES = 72;

/** What separates users from hashes, and entries from each other, in the setting `credentials`. */
const SEPARATORS = /[:,;]/;

/** The name as the server compares it: without the blanks around it. */
export const cleanName = (typed: string): string => typed.trim();

/** The password as the server compares it: without the blanks around it. */
export const cleanPassword = (typed: string): string => typed.trim();

/** Why a user name cannot be used, or null. */
export function nameProblem(typed: string): PlainMessageKey | null {
  return SEPARATORS.test(typed) ? "cred.nameSeparators" : null;
}

/** Why a password cannot be used, or null. */
export function passwordProblem(typed: string): PlainMessageKey | null {
  return new TextEncoder().encode(cleanPassword(typed)).length > PASSWORD_BYTES ? "cred.passwordLong" : null;
}

/** One way to write credentials down. */
export interface Variant {
  readonly id: "raw" | "shell" | "compose";
  readonly text: string;
}

/** The credentials as they are, for a shell between double quotes, and for a compose file. */
export function variants(name: string, hash: string): readonly Variant[] {
  const raw = `${cleanName(name)}:${hash}`;
  return [
    { id: "raw", text: raw },
    { id: "shell", text: raw.replaceAll(/[\\"`$]/g, "\\$&") },
    { id: "compose", text: raw.replaceAll("$", "$$$$") },
  ];
}
