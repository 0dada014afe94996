import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiFailure, requestJson } from "../api/request.ts";
import { encodeBase64 } from "./base64.ts";
import { AUTH_KEY, currentAuth, saveToken } from "./info.ts";
import { forgetRevoked, leaveRevoked, wasRevoked } from "./revoked.ts";
import { apiToken, renewToken, signOutOthers } from "./tokens.ts";

vi.mock("../api/request.ts", async (original) => ({
  ...(await original<typeof import("../api/request.ts")>()),
  requestJson: vi.fn(),
}));

const MINUTE = 60_000;

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
  vi.stubGlobal("navigator", {});
  saveToken(tokenWith("old"));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

const lost = new ApiFailure("network", "lost");
const answer = (seed: string) => ({ token: tokenWith(seed) });

describe("leaveRevoked", () => {
  it("leaveRevoked_somebody else revoked the token_leaves for good", () => {
    expect(hasLeft()).toBe(true);
    expect(replace).toHaveBeenCalledExactlyOnceWith("/logout");
  });

  it("leaveRevoked_while this browser signs the others out_stays, and a later revocation is somebody else's", async () => {
    const left: boolean[] = [];
    vi.mocked(requestJson).mockImplementation(async () => {
      left.push(hasLeft());
      return answer("new");
    });
    await signOutOthers("ada");
    // Another tab may be doing the same.
    left.push(hasLeft());
    vi.advanceTimersByTime(16 * MINUTE);
    expect([...left, hasLeft()]).toEqual([false, false, true]);
  });

  it("leaveRevoked_the answer to signing the others out was lost_stays, however late", async () => {
    vi.mocked(requestJson).mockRejectedValue(lost);
    await expect(signOutOthers("ada")).rejects.toThrow("lost");
    vi.advanceTimersByTime(30 * 24 * 60 * MINUTE);
    expect(hasLeft()).toBe(false);
  });

  it("leaveRevoked_signing the others out again after a lost answer_stays: the first one did it", async () => {
    vi.mocked(requestJson).mockRejectedValueOnce(lost);
    await expect(signOutOthers("ada")).rejects.toThrow("lost");
    vi.advanceTimersByTime(60 * MINUTE);
    vi.mocked(requestJson).mockRejectedValue(new ApiFailure("revoked", "revoked"));
    await expect(signOutOthers("ada")).rejects.toThrow("revoked");
    expect(hasLeft()).toBe(false);
  });

  it("leaveRevoked_signing the others out is answered by revoked_stays: the browser may have sent it twice", async () => {
    vi.mocked(requestJson).mockRejectedValue(new ApiFailure("revoked", "no"));
    await expect(signOutOthers("ada")).rejects.toThrow("no");
    vi.advanceTimersByTime(60 * MINUTE);
    expect(hasLeft()).toBe(false);
  });

  it.each(["unauthorized", "forbidden"] as const)(
    "leaveRevoked_the server did not sign the others out: %s_leaves",
    async (kind) => {
      vi.mocked(requestJson).mockRejectedValue(new ApiFailure(kind, "no"));
      await expect(signOutOthers("ada")).rejects.toThrow("no");
      expect(hasLeft()).toBe(true);
    },
  );

  it.each([
    ["at once", 0, false],
    ["when no answer can come any more", 16 * MINUTE, true],
  ])(
    "leaveRevoked_signing out never arrived and the token was renewed %s_left: %s %s",
    async (_, later, left) => {
      vi.mocked(requestJson).mockRejectedValueOnce(lost);
      await expect(signOutOthers("ada")).rejects.toThrow("lost");
      vi.advanceTimersByTime(later);
      vi.mocked(requestJson).mockResolvedValue({ token: tokenWith("old", 2) });
      await renewToken("ada");
      vi.advanceTimersByTime(left ? 0 : 60 * MINUTE);
      expect(hasLeft()).toBe(left);
    },
  );

  it("leaveRevoked_nobody is signed in_leaves", () => {
    localStorage.removeItem(AUTH_KEY);
    expect(hasLeft()).toBe(true);
  });

  it("leaveRevoked_session keeps nothing_leaves", () => {
    vi.stubGlobal("sessionStorage", {
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    expect(hasLeft()).toBe(true);
  });
});

describe("wasRevoked", () => {
  const signedIn = () => currentAuth() ?? expect.fail("Nobody is signed in.");

  it("wasRevoked_the page was left because of the token_is true", () => {
    leaveRevoked();
    expect(wasRevoked(signedIn())).toBe(true);
    forgetRevoked();
    expect(wasRevoked(signedIn())).toBe(false);
  });

  it("wasRevoked_somebody has signed in since_is false", () => {
    leaveRevoked();
    saveToken(tokenWith("new"));
    expect(wasRevoked(signedIn())).toBe(false);
  });
});

describe("tokens", () => {
  it("renewToken_the others were signed out meanwhile_keeps the token of that", async () => {
    let arrive = (_: unknown): void => undefined;
    vi.mocked(requestJson).mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)));
    const renewal = renewToken("ada");
    vi.mocked(requestJson).mockResolvedValueOnce(answer("new"));
    await signOutOthers("ada");
    arrive(answer("old"));
    await renewal;
    expect(currentAuth()?.seed).toBe("new");
  });

  it.each(["revoked", "unauthorized"] as const)(
    "apiToken_token was replaced while it was asked for, and %s_is no word on the sign-in",
    async (kind) => {
      vi.mocked(requestJson).mockImplementationOnce(async () => {
        saveToken(tokenWith("new"));
        throw new ApiFailure(kind, "no");
      });
      await expect(apiToken("ada", false)).rejects.toMatchObject({ kind: "server" });
    },
  );

  it("signOutOthers_in two tabs at once_the second begins with the token of the first", async () => {
    let last: Promise<unknown> = Promise.resolve();
    const request = (_: string, work: () => Promise<unknown>): Promise<unknown> => (last = last.then(work));
    vi.stubGlobal("navigator", { locks: { request } });
    const used: unknown[] = [];
    vi.mocked(requestJson).mockImplementation(async ({ token }) => {
      used.push(token);
      return answer(`seed ${used.length}`);
    });
    await Promise.all([signOutOthers("ada"), signOutOthers("ada")]);
    expect(used).toEqual([tokenWith("old"), tokenWith("seed 1")]);
    expect(currentAuth()?.seed).toBe("seed 2");
  });
});
