import type { LocalStore } from "./localStore.ts";
import type { Mark } from "./marker.ts";

/** What the person has to know about a database that the browser emptied. */
export interface Recovery {
  /** Edits that waited, and wait again. */
  readonly restored: number;
  /** Edits that waited and are gone. */
  readonly lost: number;
  /** When the browser was last in step with the server, in unix seconds; null if it never was. */
  readonly lastSync: number | null;
}

/**
 * Compares the database with what was remembered of it. If the browser has emptied it, the edits that waited are put
 * back as far as they were remembered. To send one that had arrived already does no harm. Null if all is well.
 */
export async function recover(store: LocalStore, mark: Mark | null): Promise<Recovery | null> {
  if (mark === null || mark.id === store.id) return null;
  await store.restore(mark.waiting);
  const restored = mark.waiting.length;
  return { restored, lost: Math.max(0, mark.count - restored), lastSync: mark.lastSync };
}
