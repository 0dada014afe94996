import type { Change } from "./localStore.ts";

/** The other tabs of this browser that show the same person's data. */
export interface Tabs {
  announce(change: Change): void;
  /** Runs `work` while no other tab runs any: two tabs pushing the same edits would only do the work twice. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

const nameOf = (username: string): string => `timetagger:${username}`;

/** Runs `work` while no tab syncs this person's data or changes their sign-in. */
export function exclusively<T>(username: string, work: () => Promise<T>): Promise<T> {
  // Locks exist on https and on localhost only.
  return "locks" in navigator ? navigator.locks.request(nameOf(username), work) : work();
}

/** Joins the tabs of a person. `onChange` is told what another tab changed. */
export function joinTabs(username: string, onChange: (change: Change) => void): Tabs {
  const channel = new BroadcastChannel(nameOf(username));
  channel.addEventListener("message", (event: MessageEvent<Change>) => onChange(event.data));
  return {
    announce: (change) => channel.postMessage(change),
    exclusively: (work) => exclusively(username, work),
  };
}
