import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiFailure, type FailureKind } from "../api/request.ts";
import { leaveRevoked } from "../auth/revoked.ts";
import { accountProblem } from "./problem.ts";

vi.mock("../auth/revoked.ts", () => ({ leaveRevoked: vi.fn() }));
afterEach(() => vi.clearAllMocks());

const problem = (kind: FailureKind) => accountProblem(new ApiFailure(kind, "the server's words"));

describe("accountProblem", () => {
  it("accountProblem_offline_says that nothing is lost", () => {
    expect(problem("network")).toEqual({
      text: expect.stringContaining("has not answered"),
      asksForSignIn: false,
    });
  });

  it.each(["server", "busy", "forbidden", "refused", "shape", "notice"] as const)(
    "accountProblem_%s_gives the reason",
    (kind) => {
      expect(problem(kind)).toEqual({
        text: expect.stringContaining("(the server's words)"),
        asksForSignIn: false,
      });
    },
  );

  it("accountProblem_expired_asks to sign in again and stays", () => {
    expect(problem("unauthorized").asksForSignIn).toBe(true);
    expect(leaveRevoked).not.toHaveBeenCalled();
  });

  it("accountProblem_revoked_leaves", () => {
    expect(problem("revoked").asksForSignIn).toBe(true);
    expect(leaveRevoked).toHaveBeenCalledOnce();
  });
});
