import type { Change } from "./localStore.ts";

/** The other tabs of this browser that show the same person's data. */
export interface Tabs {
  announce(change: Change): void;
  /** Runs `work` while no other tab runs any: two tabs pushing the same edits would only do the work twice. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Joins the tabs of a person. `onChange` is told what another tab changed. */
export function joinTabs(username: string, onChange: (change: Change) => void): Tabs {
  const name = `timetagger:${username}`;
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", (event: MessageEvent<Change>) => onChange(event.data));
  return {
    announce: (change) => channel.postMessage(change),
    // Locks exist on https and on localhost only.
    exclusively: (work) => ("locks" in navigator ? navigator.locks.request(name, work) : work()),
  };
}
