import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { decodeBase64Url, encodeBase64 } from "./base64.ts";
import { readToken } from "./info.ts";
import { signInProblem } from "./problem.ts";
import { targetFromHash } from "./redirect.ts";
import { isOnThisComputer } from "./signIn.ts";

const ORIGIN = "https://time.example";

describe("base64", () => {
  it("encodeBase64_beyond Latin-1_is UTF-8", () => {
    expect(decodeBase64Url(encodeBase64("pässwörd 日本 😀"))).toBe("pässwörd 日本 😀");
  });

  it("readToken_url-safe characters in the payload_are understood", () => {
    const payload = encodeBase64(JSON.stringify({ username: "ü??>>~~", expires: 5, seed: "s" }));
    const token = `h.${payload.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.s`;
    expect(readToken(token)).toEqual({ username: "ü??>>~~", expires: 5, seed: "s", token });
  });

  it.each(["", "a.b", "a.!!.c", "a.bnVsbA.c"])("readToken_%j_is none of ours", (token) =>
    expect(readToken(token)).toBeNull(),
  );
});

describe("targetFromHash", () => {
  it.each([
    ["", "/app/"],
    ["#page=/account", "/account"],
    ["#page=./account", "/account"],
    ["#page=%2Fapp%2F%23date%3D2026-01-01", "/app/#date=2026-01-01"],
    ["#page=//evil.example", "/app/"],
    ["#page=/%5Cevil.example", "/app/"],
    ["#page=https://evil.example", "/app/"],
    ["#page=javascript:alert(1)", "/app/"],
    ["#page=data:text/html,x", "/app/"],
    ["#page=http://[", "/app/"],
    ["#page=https://time.example/account", "/app/"],
    ["#page=https:/account", "/app/"],
    ["#page=%09//evil.example", "/app/"],
    ["#page=/%09/evil.example", "/app/"],
    ["#page=//user@time.example/account", "/app/"],
  ])("targetFromHash_%j_is %s", (hash, path) => expect(targetFromHash(hash, ORIGIN)).toBe(ORIGIN + path));

  it("targetFromHash_path that begins with two slashes_stays on this site", () => {
    expect(new URL(targetFromHash("#page=/.//evil.example", ORIGIN), ORIGIN).origin).toBe(ORIGIN);
  });
});

describe("signInProblem", () => {
  const forbidden = new ApiFailure("forbidden", "forbidden: must be on localhost");

  it("signInProblem_refused without a password_asks for one", () =>
    expect(signInProblem(forbidden, "localhost")).toBe(
      "This server does not let people in without a password. Use your user name and password.",
    ));

  it("signInProblem_refused password_gives the server's reason", () =>
    expect(signInProblem(new ApiFailure("forbidden", "Invalid credentials"), "usernamepassword")).toBe(
      "Signing in did not work: Invalid credentials",
    ));
});

describe("isOnThisComputer", () => {
  it.each([
    ["localhost", true],
    ["127.0.0.1", true],
    ["[::1]", true],
    ["localhost.evil.example", false],
  ] as const)("isOnThisComputer_%s_is %s", (host, expected) => expect(isOnThisComputer(host)).toBe(expected));
});
