import { databaseOf, deleteDatabase } from "../store/database.ts";

/** Where it is noted who was signed out from elsewhere, as long as that is to be known here. */
const KEY = "timetagger_unsent";

/** How long what had not been sent stays in a browser whose person was signed out from elsewhere, in milliseconds. */
export const KEPT_MS = 24 * 3_600_000;

/** Somebody who was signed out from elsewhere. */
export interface SignedOut {
  readonly username: string;
  /** When, in unix milliseconds. */
  readonly at: number;
  /** How many edits had not been sent. */
  readonly count: number;
}

/** Where notes are kept. */
export type NoteKeeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const isNote = (value: unknown): value is SignedOut => {
  if (typeof value !== "object" || value === null) return false;
  const { username, at, count } = value as Partial<SignedOut>;
  return typeof username === "string" && typeof at === "number" && typeof count === "number";
};

/** Who was signed out from elsewhere, the latest first. */
export function signedOut(keeper: NoteKeeper): readonly SignedOut[] {
  try {
    const value: unknown = JSON.parse(keeper.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter(isNote).sort((a, b) => b.at - a.at) : [];
  } catch {
    return [];
  }
}

const write = (keeper: NoteKeeper, notes: readonly SignedOut[]): void =>
  notes.length === 0 ? keeper.removeItem(KEY) : keeper.setItem(KEY, JSON.stringify(notes));

/** Notes it. */
export const noteSignedOut = (keeper: NoteKeeper, note: SignedOut): void =>
  write(keeper, [note, ...signedOut(keeper).filter(({ username }) => username !== note.username)]);

/** Forgets it: the person has signed in again, or has dealt with what had not been sent. */
export const forgetSignedOut = (keeper: NoteKeeper, username: string): void =>
  write(
    keeper,
    signedOut(keeper).filter((note) => note.username !== username),
  );

/** Deletes what nobody has asked for within the time in which it is kept; where the clock was set back, that begins again. */
export async function dropOld(keeper: NoteKeeper, now: number): Promise<void> {
  for (const { username, at, count } of signedOut(keeper)) {
    if (now < at) noteSignedOut(keeper, { username, at: now, count });
    if (now - at < KEPT_MS) continue;
    await deleteDatabase(databaseOf(username));
    forgetSignedOut(keeper, username);
  }
}
