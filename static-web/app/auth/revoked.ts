import { leaveAnyway } from "../dialogs/guardLeaving.ts";
import { type AuthInfo, currentAuth } from "./info.ts";

/** In the session: the token because of which the sign-out page was reached, being revoked. */
const REVOKED = "timetagger_revoked";
/** In the browser: which tokens it has itself asked the server to make invalid. */
const REPLACING = "timetagger_replacing";
/** Longer than any request takes. */
const LONGEST_REQUEST_MS = 900_000;

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

/** Whether a request with which this browser makes its tokens invalid may still be under way. */
const mayBeUnderWay = ({ at }: Replacing): boolean => Math.abs(Date.now() - at) < LONGEST_REQUEST_MS;

/**
 * Notes that this browser asks the server to make tokens with this seed invalid, itself being the one that gets a new
 * one. Returns what takes the note back, for a request that the server surely did not follow.
 */
export function noteReplacing(seed: string): () => void {
  const before = localStorage.getItem(REPLACING);
  localStorage.setItem(REPLACING, JSON.stringify({ seed, at: Date.now() } satisfies Replacing));
  return () => {
    if (before === null) localStorage.removeItem(REPLACING);
    else localStorage.setItem(REPLACING, before);
  };
}

/** A token was renewed: if no request of the noted kind can be under way any more, none has ever arrived. */
export function forgetReplacing(): void {
  const note = replacing();
  if (note !== null && !mayBeUnderWay(note)) localStorage.removeItem(REPLACING);
}

/**
 * Leaves for the sign-out page, which deletes what the server has without asking: whoever revoked the token wants no data
 * left here. What had not been sent stays for a day. Stays where this very browser did: its request is under way, or was answered a moment ago, or its answer never came.
 */
export function leaveRevoked(): void {
  const note = replacing();
  if (note !== null && (mayBeUnderWay(note) || note.seed === currentAuth()?.seed)) return;
  try {
    // Not in the address: a link to it must not be able to wipe edits that wait. With the token: another tab may sign out
    // and somebody in again before the page is there.
    sessionStorage.setItem(REVOKED, currentAuth()?.token ?? "");
  } catch {
    // There is no room, so the page asks before it deletes what waits.
  }
  leaveAnyway();
  location.replace("/logout");
}

/** Whether the sign-out page was reached because this token was revoked. */
export const wasRevoked = ({ token }: AuthInfo): boolean => sessionStorage.getItem(REVOKED) === token;

/** Forgets that a token was revoked: the data is gone, or there is a new token. */
export const forgetRevoked = (): void => sessionStorage.removeItem(REVOKED);
