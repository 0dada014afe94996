import type { ReadonlySignal } from "@preact/signals";

/** What the person should know about the connection to the server. */
export type SyncStatus =
  | { readonly phase: "starting" | "busy" | "done" | "offline" }
  | { readonly phase: "trouble" | "storage" | "signedOut" | "notice"; readonly text: string };

/** All that a sync says about itself; the tab that syncs tells it to the others. */
export interface SyncReport {
  readonly status: SyncStatus;
  /** When this browser was last in step with the server, in unix seconds; null if that is not known. */
  readonly lastSync: number | null;
  /** Whether the server takes no changes at present. */
  readonly isReadOnly: boolean;
}

/** A sync as the screen and the actions see it. */
export interface AppSync {
  readonly report: ReadonlySignal<SyncReport>;
  readonly status: ReadonlySignal<SyncStatus>;
  /** What the server wants the person to read, each once while the page is open. */
  readonly message: ReadonlySignal<string | null>;
  /** The person asks for it. */
  syncNow(): void;
  /** The person has read the message. */
  dismiss(): void;
}
