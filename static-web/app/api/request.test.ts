import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiFailure, requestJson } from "./request.ts";

/** What a request ends with when the server answers like this. */
async function failureFor(response: Response): Promise<ApiFailure> {
  vi.stubGlobal("fetch", async () => response);
  const error = await requestJson({ method: "GET", path: "x" }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ApiFailure)) throw new Error(`It ended with ${error}.`);
  return error;
}

afterEach(() => vi.unstubAllGlobals());

describe("requestJson", () => {
  it.each([
    [400, "malformed"],
    [403, "forbidden"],
    [404, "refused"],
    [408, "busy"],
    [413, "malformed"],
    [422, "malformed"],
    [429, "busy"],
    [500, "server"],
    [502, "server"],
    [503, "busy"],
  ] as const)("requestJson_%d_is %s", async (status, kind) => {
    expect(await failureFor(new Response("words", { status }))).toMatchObject({ kind, message: "words" });
  });

  it("requestJson_busy and a time to come back_keeps the time", async () => {
    const response = new Response("", { status: 503, headers: { "retry-after": "7" } });
    expect(await failureFor(response)).toMatchObject({ kind: "busy", retryAfterSeconds: 7 });
  });
});
