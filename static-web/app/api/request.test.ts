import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiFailure, requestJson } from "./request.ts";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a request comes to: the answer, or the failure it ends with. Any other end of it fails the test. */
function request(fetch: Fetch): Promise<unknown> {
  vi.stubGlobal("fetch", fetch);
  return requestJson({ method: "PUT", path: "records", body: "[]", keepalive: true }).catch((error) => {
    if (!(error instanceof ApiFailure)) throw new Error(`It ended with ${error}.`);
    return error;
  });
}

const failureFor = (response: Response): Promise<unknown> => request(async () => response);

/** A server that never answers. As a browser does, this ends with the signal. */
const silent: Fetch = (_url, { signal }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

/** An answer that comes in pieces, with pauses between them; when all have come, it ends or just stops. */
const trickling =
  (pieces: readonly Uint8Array[], pauseMs: number, isWhole = true): Fetch =>
  async () => {
    const left = [...pieces];
    return new Response(
      new ReadableStream<Uint8Array>({
        async pull(stream) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
          const piece = left.shift();
          if (piece !== undefined) stream.enqueue(piece);
          else if (isWhole) stream.close();
          else await new Promise(() => undefined);
        },
      }),
    );
  };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

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

describe("trace", () => {
  it("requestJson_every request_begins a trace of its own", async () => {
    const headers: Record<string, string>[] = [];
    const answer: Fetch = async (_url, init) => {
      headers.push(init.headers as Record<string, string>);
      return new Response("{}");
    };
    await request(answer);
    await request(answer);
    const traces = headers.map(({ traceparent }) => traceparent);
    for (const trace of traces) expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(new Set(traces).size).toBe(2);
  });
});

describe("patience", () => {
  it("requestJson_answer comes in pieces for longer than 40 s_is read whole", async () => {
    vi.useFakeTimers();
    // Each byte by itself: letters of several bytes arrive in parts.
    const pieces = [...bytes('{"ds":"é🕒"}')].map((byte) => Uint8Array.of(byte));
    const answer = request(trickling(pieces, 30_000));
    await vi.advanceTimersByTimeAsync(30_000 * (pieces.length + 1));
    expect(await answer).toEqual({ ds: "é🕒" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("requestJson_answer stops half way_is given up 40 s after the last byte, as a time-out", async () => {
    vi.useFakeTimers();
    const over = vi.fn();
    const answer = request(trickling([bytes("{"), bytes('"a"')], 30_000, false));
    void answer.then(over);
    await vi.advanceTimersByTimeAsync(99_000);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(over).toHaveBeenCalled();
    expect(await answer).toMatchObject({ kind: "network", isTimeout: true });
  });

  it("requestJson_answer trickles on and on_is given up after ten minutes", async () => {
    vi.useFakeTimers();
    const over = vi.fn();
    const answer = request(trickling(Array<Uint8Array>(1000).fill(bytes(" ")), 10_000));
    void answer.then(over);
    await vi.advanceTimersByTimeAsync(599_000);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(over).toHaveBeenCalled();
    expect(await answer).toMatchObject({ kind: "network", isTimeout: true });
  });

  it("requestJson_no answer at all_is a time-out after 40 s", async () => {
    vi.useFakeTimers();
    const answer = request(silent);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await answer).toMatchObject({ kind: "network", isTimeout: true });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("requestJson_no net_is no time-out, and leaves no timer", async () => {
    vi.useFakeTimers();
    const failure = await request(() => Promise.reject(new TypeError("Failed to fetch")));
    expect(failure).toMatchObject({ kind: "network", message: "Failed to fetch", isTimeout: false });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("requestJson_connection breaks in the answer_is no time-out", async () => {
    const broken = new ReadableStream({ pull: (stream) => stream.error(new TypeError("reset")) });
    expect(await failureFor(new Response(broken))).toMatchObject({ kind: "network", isTimeout: false });
  });

  it("requestJson_server had no patience with the body_is busy, and a time-out", async () => {
    expect(await failureFor(new Response("", { status: 408 }))).toMatchObject({
      kind: "busy",
      isTimeout: true,
    });
    expect(await failureFor(new Response("", { status: 429 }))).toMatchObject({
      kind: "busy",
      isTimeout: false,
    });
  });

  it("requestJson_answer without a body_is not JSON, and nothing worse", async () => {
    expect(await failureFor(new Response(null))).toMatchObject({ kind: "shape" });
  });
});
