import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { keepTokenFresh } from "./renewal.ts";
import { renewToken } from "./tokens.ts";

vi.mock("./info.ts", () => ({ currentAuth: () => ({ username: "ada" }) }));
vi.mock("./tokens.ts", () => ({ renewToken: vi.fn() }));

const MINUTE = 60_000;
const renew = vi.mocked(renewToken);
const onRevoked = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", new EventTarget());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

it("keepTokenFresh_token is good_renews it at once and every hour", async () => {
  keepTokenFresh("ada", onRevoked);
  await vi.advanceTimersByTimeAsync(59 * MINUTE);
  expect(renew).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(renew).toHaveBeenCalledTimes(2);
});

it("keepTokenFresh_somebody else_is none of its business", () => {
  keepTokenFresh("bob", onRevoked);
  expect(renew).not.toHaveBeenCalled();
});

it.each([
  ["the network is gone", new ApiFailure("network", "gone"), 0],
  ["revoked, but the page stays", new ApiFailure("revoked", "revoked"), 1],
  ["a token that cannot be read", new TypeError("unreadable"), 0],
])("keepTokenFresh_%s_tries again a minute later", async (_, error, told) => {
  renew.mockRejectedValueOnce(error);
  keepTokenFresh("ada", onRevoked);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect([renew.mock.calls.length, onRevoked.mock.calls.length]).toEqual([2, told]);
});
