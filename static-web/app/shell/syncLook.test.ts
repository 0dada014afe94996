import { describe, expect, it } from "vitest";
import type { SyncStatus } from "../store/status.ts";
import { NOTHING_YET } from "../store/status.ts";
import { lookOf } from "./syncLook.ts";

const done: SyncStatus = { phase: "done" };
const trouble: SyncStatus = { phase: "trouble", text: "500" };
const signedOut: SyncStatus = { phase: "signedOut", text: "expired" };

describe("lookOf", () => {
  it.each<[SyncStatus, { readOnly?: boolean; waiting?: number; refused?: number }, string]>([
    [done, {}, "saved"],
    [done, { waiting: 1 }, "waiting"],
    [done, { refused: 1 }, "warning"],
    [done, { waiting: 1, refused: 1 }, "warning"],
    [{ phase: "starting" }, {}, "busy"],
    [{ phase: "busy" }, { waiting: 3, refused: 1 }, "busy"],
    [{ phase: "offline" }, { waiting: 1, refused: 1 }, "offline"],
    [trouble, {}, "warning"],
    [{ phase: "storage", text: "full" }, {}, "warning"],
    [{ phase: "notice", text: "pay" }, { waiting: 1 }, "warning"],
    [done, { readOnly: true, waiting: 1 }, "readOnly"],
    [trouble, { readOnly: true }, "readOnly"],
    [signedOut, {}, "signedOut"],
    [signedOut, { readOnly: true, waiting: 1, refused: 1 }, "signedOut"],
  ])("lookOf_%j with %j_is %s", (status, { readOnly = false, waiting = 0, refused = 0 }, look) =>
    expect(lookOf({ ...NOTHING_YET, status, isReadOnly: readOnly }, waiting, refused)).toBe(look),
  );
});
