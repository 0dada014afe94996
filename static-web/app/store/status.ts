import type { ReadonlySignal } from "@preact/signals";
import { ApiFailure } from "../api/request.ts";

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
  /** When the server may be asked again, and when it may be pushed to, in unix seconds; 0 for now. */
  readonly askFrom: number;
  readonly pushFrom: number;
}

/** What is reported before anything has happened. */
export const NOTHING_YET: SyncReport = {
  status: { phase: "starting" },
  lastSync: null,
  isReadOnly: false,
  askFrom: 0,
  pushFrom: 0,
};

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

/** What a failure means to the person. What is no failure of the server is one of storing what came. */
export function statusOf(error: unknown): SyncStatus {
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiFailure)) return { phase: "storage", text };
  switch (error.kind) {
    case "revoked":
    case "unauthorized":
      return { phase: "signedOut", text };
    case "network":
      return { phase: "offline" };
    case "notice":
      return { phase: "notice", text };
    default:
      return { phase: "trouble", text };
  }
}
