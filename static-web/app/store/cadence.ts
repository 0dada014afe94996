const USED_MS = 10_000;
const LONGEST_MS = 300_000;
const FIRST_RETRY_MS = 2_000;
/** Whoever has not touched the page for this many times a pause can wait for that long for news. */
const IDLE_SHARE = 12;

/** How long a moment is in which several edits go together. */
export const PUSH_SOON_MS = 100;

/** How the page is used at this moment. */
export interface Use {
  readonly isHidden: boolean;
  /** Milliseconds since the person last did something here. */
  readonly idleMs: number;
}

/** The pause until the next sync when all is well: 10 s in use, longer the longer nobody was here, 5 min when hidden. */
export function pause({ isHidden, idleMs }: Use, random: number): number {
  const wanted = isHidden ? LONGEST_MS : Math.min(Math.max(idleMs / IDLE_SHARE, USED_MS), LONGEST_MS);
  return wanted * (0.9 + 0.2 * random);
}

/** The pause after a number of failures in a row, with jitter so that a crowd does not come back all at once. */
export function retryDelay(failures: number, random: number): number {
  const most = Math.min(LONGEST_MS, FIRST_RETRY_MS * 2 ** failures);
  return FIRST_RETRY_MS + random * (most - FIRST_RETRY_MS);
}
