/** Where the times of use are kept: the end of the visit before, and the last moment of this one. */
const KEY = "timetagger_activity";
/** A pause that ends a visit, in seconds. */
const PAUSE = 15 * 60;
/** Uses closer together than this are one. */
const STEP = 60;

/** Where the times are kept. */
export type ActivityKeeper = Pick<Storage, "getItem" | "setItem">;

/** What is kept: two moments in unix seconds. */
interface Kept {
  readonly before: number | null;
  readonly last: number;
}

function read(keeper: ActivityKeeper): Kept | null {
  try {
    const [before, last] = JSON.parse(keeper.getItem(KEY) ?? "null");
    return typeof last === "number" ? { before: typeof before === "number" ? before : null, last } : null;
  } catch {
    return null;
  }
}

/** Notes that the app is used now. Returns when the visit before this one ended, or null. */
export function noteActivity(keeper: ActivityKeeper, now: number): number | null {
  const kept = read(keeper);
  const before = kept === null ? null : now - kept.last > PAUSE ? kept.last : kept.before;
  if (kept === null || now - kept.last >= STEP || kept.last > now) {
    try {
      keeper.setItem(KEY, JSON.stringify([before, now]));
    } catch {
      // Without it there is one suggestion less.
    }
  }
  return before;
}

/** Forgets when the app was used: whoever comes next is somebody else. */
export const forgetActivity = (keeper: Pick<Storage, "removeItem">): void => keeper.removeItem(KEY);

/** Notes each use of this page. Returns what asks when the visit before this one ended. */
export function followActivity(keeper: ActivityKeeper, clock: () => number): () => number | null {
  let before = noteActivity(keeper, clock());
  const note = (): void => {
    before = noteActivity(keeper, clock());
  };
  for (const name of ["pointerdown", "keydown"])
    addEventListener(name, note, { passive: true, capture: true });
  return () => before;
}
