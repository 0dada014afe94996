import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiFailure, requestJson } from "../api/request.ts";
import { encodeBase64 } from "./base64.ts";
import { AUTH_KEY, saveToken } from "./info.ts";
import { leaveRevoked } from "./revoked.ts";
import { renewToken, signOutOthers } from "./tokens.ts";

vi.mock("../api/request.ts", async (original) => ({
  ...(await original<typeof import("../api/request.ts")>()),
  requestJson: vi.fn(),
}));

const HOUR = 3_600_000;

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

const tokenWith = (seed: string, expires = 1): string =>
  `h.${encodeBase64(JSON.stringify({ username: "ada", expires, seed }))}.s`;

const replace = vi.fn();
const hasLeft = (): boolean => {
  leaveRevoked();
  return replace.mock.calls.length > 0;
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("localStorage", storage());
  vi.stubGlobal("sessionStorage", storage());
  vi.stubGlobal("location", { replace });
  saveToken(tokenWith("old"));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

describe("leaveRevoked", () => {
  it("leaveRevoked_somebody else revoked the token_leaves for good", () => {
    expect(hasLeft()).toBe(true);
    expect(replace).toHaveBeenCalledExactlyOnceWith("/logout");
  });

  it("leaveRevoked_while this browser signs the others out_stays", async () => {
    const left: boolean[] = [];
    vi.mocked(requestJson).mockImplementation(async () => {
      left.push(hasLeft());
      return { token: tokenWith("new") };
    });
    await signOutOthers("ada");
    expect(left).toEqual([false]);
    expect(hasLeft()).toBe(true);
  });

  it("leaveRevoked_the answer to signing the others out was lost_stays", async () => {
    vi.mocked(requestJson).mockRejectedValue(new ApiFailure("network", "lost"));
    await expect(signOutOthers("ada")).rejects.toThrow("lost");
    vi.advanceTimersByTime(30 * 24 * HOUR);
    expect(hasLeft()).toBe(false);
  });

  it.each([
    ["at once", 0, false],
    ["when no answer can come any more", 2 * HOUR, true],
  ])(
    "leaveRevoked_signing out never arrived and the token was renewed %s_left: %s %s",
    async (_, later, left) => {
      vi.mocked(requestJson).mockRejectedValueOnce(new ApiFailure("network", "lost"));
      await expect(signOutOthers("ada")).rejects.toThrow("lost");
      vi.advanceTimersByTime(later);
      vi.mocked(requestJson).mockResolvedValue({ token: tokenWith("old", 2) });
      await renewToken("ada");
      expect(hasLeft()).toBe(left);
    },
  );

  it("leaveRevoked_signed in anew after that_leaves when that token is revoked", async () => {
    vi.mocked(requestJson).mockRejectedValue(new ApiFailure("network", "lost"));
    await expect(signOutOthers("ada")).rejects.toThrow("lost");
    saveToken(tokenWith("new"));
    expect(hasLeft()).toBe(true);
  });

  it("leaveRevoked_nobody is signed in_leaves", () => {
    localStorage.removeItem(AUTH_KEY);
    expect(hasLeft()).toBe(true);
  });
});
