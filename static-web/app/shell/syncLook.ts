import type { SyncReport } from "../store/status.ts";

/** What a person has to tell apart about their data and the server; each look has an icon of its own. */
export type SyncLook = "saved" | "waiting" | "busy" | "offline" | "warning" | "readOnly" | "signedOut";

/** The look of a report, while so many edits wait and so many were refused: of several the one that needs the person most. */
export function lookOf({ status, isReadOnly }: SyncReport, waiting: number, refused: number): SyncLook {
  if (status.phase === "signedOut") return "signedOut";
  if (isReadOnly) return "readOnly";
  switch (status.phase) {
    case "trouble":
    case "storage":
    case "notice":
      return "warning";
    case "offline":
      return "offline";
    case "starting":
    case "busy":
      return "busy";
    case "done":
      if (refused > 0) return "warning";
      return waiting > 0 ? "waiting" : "saved";
  }
}
