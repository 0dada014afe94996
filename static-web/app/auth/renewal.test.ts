import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { keepTokenFresh } from "./renewal.ts";
import { renewToken } from "./tokens.ts";

const browser = vi.hoisted(() => ({ token: "" }));
vi.mock("./info.ts", () => ({ currentAuth: () => ({ username: "ada", token: browser.token }) }));
vi.mock("./tokens.ts", () => ({ renewToken: vi.fn() }));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const renew = vi.mocked(renewToken);
const onRevoked = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", new EventTarget());
  vi.stubGlobal("window", new EventTarget());
  browser.token = "first";
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

/** How often it was asked after each of the times. */
async function askedAfter(...times: readonly number[]): Promise<readonly number[]> {
  const asked: number[] = [];
  for (const time of times) {
    await vi.advanceTimersByTimeAsync(time);
    asked.push(renew.mock.calls.length);
  }
  return asked;
}

describe("keepTokenFresh", () => {
  it("keepTokenFresh_token is good_renews it at once and every hour", async () => {
    renew.mockImplementation(async () => {
      browser.token += "+";
    });
    keepTokenFresh("ada", onRevoked);
    expect(await askedAfter(0, HOUR - MINUTE, MINUTE, HOUR)).toEqual([1, 1, 2, 3]);
  });

  it("keepTokenFresh_somebody else_is none of its business", () => {
    keepTokenFresh("bob", onRevoked);
    expect(renew).not.toHaveBeenCalled();
  });

  it("keepTokenFresh_another tab has renewed it_waits an hour from then", async () => {
    keepTokenFresh("ada", onRevoked);
    await vi.advanceTimersByTimeAsync(HOUR - 5 * MINUTE);
    browser.token = "theirs";
    expect(await askedAfter(HOUR, 5 * MINUTE)).toEqual([1, 2]);
  });

  it.each([
    ["a server out of order", new ApiFailure("server", "oh")],
    ["a token that cannot be read", new TypeError("unreadable")],
    ["revoked, but the page stays", new ApiFailure("revoked", "revoked")],
  ])("keepTokenFresh_%s_tries again later and later, at least every hour", async (_, error) => {
    renew.mockRejectedValue(error);
    keepTokenFresh("ada", onRevoked);
    expect(await askedAfter(MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 5 * HOUR)).toEqual([2, 3, 4, 5, 11]);
  });

  it("keepTokenFresh_revoked_says so", async () => {
    renew.mockRejectedValue(new ApiFailure("revoked", "revoked"));
    keepTokenFresh("ada", onRevoked);
    await vi.advanceTimersByTimeAsync(0);
    expect(onRevoked).toHaveBeenCalledOnce();
  });

  it("keepTokenFresh_server asks for a pause_keeps to it, also when the network comes back", async () => {
    renew.mockRejectedValueOnce(new ApiFailure("busy", "later", 1800));
    keepTokenFresh("ada", onRevoked);
    await vi.advanceTimersByTimeAsync(29 * MINUTE);
    window.dispatchEvent(new Event("online"));
    document.dispatchEvent(new Event("visibilitychange"));
    expect(await askedAfter(0, MINUTE)).toEqual([1, 2]);
  });

  it("keepTokenFresh_network comes back_tries at once", async () => {
    renew.mockRejectedValue(new ApiFailure("network", "gone"));
    keepTokenFresh("ada", onRevoked);
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    const before = renew.mock.calls.length;
    renew.mockResolvedValue();
    window.dispatchEvent(new Event("online"));
    expect(await askedAfter(0, MINUTE)).toEqual([before + 1, before + 1]);
  });

  it("keepTokenFresh_token has expired_is asked about once, and the next one an hour after it came", async () => {
    renew.mockRejectedValueOnce(new ApiFailure("unauthorized", "expired"));
    keepTokenFresh("ada", onRevoked);
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(renew).toHaveBeenCalledOnce();
    browser.token = "second";
    expect(await askedAfter(MINUTE, HOUR)).toEqual([1, 2]);
  });

  it("keepTokenFresh_clock was set back_waits an hour at most", async () => {
    keepTokenFresh("ada", onRevoked);
    await vi.advanceTimersByTimeAsync(0);
    vi.setSystemTime(Date.now() - 24 * HOUR);
    expect(await askedAfter(MINUTE, HOUR)).toEqual([1, 2]);
  });
});
