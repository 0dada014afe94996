import { currentAuth } from "./info.ts";

/** In the session: the sign-out page was reached because the token is revoked. */
const REVOKED = "timetagger_revoked";
/** In the browser: which tokens it has itself asked the server to make invalid. */
const REPLACING = "timetagger_replacing";
/** Longer than any request takes. */
const LONGEST_REQUEST_MS = 3_600_000;

interface Replacing {
  /** The seed of the tokens that become invalid. */
  readonly seed: string;
  /** When the server was asked, in unix milliseconds. */
  readonly at: number;
}

function replacing(): Replacing | null {
  try {
    const note = JSON.parse(localStorage.getItem(REPLACING) ?? "null") as Partial<Replacing> | null;
    if (typeof note?.seed !== "string" || typeof note.at !== "number") return null;
    return { seed: note.seed, at: note.at };
  } catch {
    return null;
  }
}

/**
 * Notes that this browser asks the server to make tokens with this seed invalid. Until it has a new one, whatever
 * becomes of the answer, "revoked" is its own doing and no reason to delete anything.
 */
export function noteReplacing(seed: string): void {
  localStorage.setItem(REPLACING, JSON.stringify({ seed, at: Date.now() } satisfies Replacing));
}

/** A new token has this seed: the note has done its work, or the request for which it was made never arrived. */
export function forgetReplacing(seed: string): void {
  const note = replacing();
  if (note === null) return;
  if (note.seed !== seed || Math.abs(Date.now() - note.at) > LONGEST_REQUEST_MS)
    localStorage.removeItem(REPLACING);
}

/**
 * Leaves for the sign-out page, which wipes without asking: whoever revoked the token wants no data left here. Stays
 * where this very browser did.
 */
export function leaveRevoked(): void {
  const note = replacing();
  if (note !== null && note.seed === currentAuth()?.seed) return;
  // Not in the address: a link to it must not be able to wipe edits that wait.
  sessionStorage.setItem(REVOKED, "1");
  location.replace("/logout");
}

/** Whether the sign-out page was reached because the token was revoked. */
export const wasRevoked = (): boolean => sessionStorage.getItem(REVOKED) === "1";

/** Forgets that a token was revoked, once the data is gone. */
export const forgetRevoked = (): void => sessionStorage.removeItem(REVOKED);
