import type { SyncHost } from "./sync.ts";

/** Surroundings in which a sync happens only when it is called: no timers, no chance, one tab that is always in use. */
export const quietHost = (now: () => number): SyncHost => ({
  now,
  milliseconds: () => 0,
  random: () => 0,
  after: () => () => undefined,
  use: () => ({ isHidden: false, idleMs: 0 }),
  ask: () => undefined,
  onRevoked: () => {
    throw new Error("Nobody revoked anything.");
  },
});
