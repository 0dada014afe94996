import { describe, expect, it } from "vitest";
import { retryAfter } from "../api/request.ts";
import { pause, retryDelay } from "./cadence.ts";

const MINUTE = 60_000;

describe("pause", () => {
  it.each([
    ["in use", false, 0, 10_000],
    ["used two minutes ago", false, 2 * MINUTE, 10_000],
    ["used ten minutes ago", false, 10 * MINUTE, 50_000],
    ["left alone for hours", false, 300 * MINUTE, 5 * MINUTE],
    ["hidden", true, 0, 5 * MINUTE],
  ] as const)("pause_%s_is as long as that can wait", (_what, isHidden, idleMs, expected) =>
    expect(pause({ isHidden, idleMs }, 0.5)).toBe(expected),
  );

  it("pause_any_has a tenth of jitter either way", () => {
    const use = { isHidden: false, idleMs: 0 };
    expect([pause(use, 0), pause(use, 1)]).toEqual([9_000, 11_000]);
  });
});

describe("retryDelay", () => {
  it("retryDelay_grows from 2 s to 5 min", () => {
    expect(retryDelay(1, 0)).toBe(2000);
    expect(retryDelay(1, 1)).toBe(4000);
    expect(retryDelay(30, 1)).toBe(300_000);
  });
});

describe("retryAfter", () => {
  const now = Date.UTC(2026, 9, 21, 7, 28, 0);

  it.each([
    [null, 0],
    ["", 0],
    ["12", 12],
    ["Wed, 21 Oct 2026 07:28:30 GMT", 30],
    ["Wed, 21 Oct 2026 07:00:00 GMT", 0],
    ["-5", 0],
    ["1e9", 0],
    ["soon", 0],
    ["999999", 3600],
  ])("retryAfter_%j_is %d s", (header, seconds) => expect(retryAfter(header, now)).toBe(seconds));
});
