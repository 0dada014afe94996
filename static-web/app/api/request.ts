import { exactClock, heardOf, momentNow } from "../clock/clock.ts";
import { Patience, textOf } from "./patience.ts";
import { newTraceParent } from "./trace.ts";

/**
 * Why a request did not succeed. `revoked` and `unauthorized` ask for a new sign-in; `notice` is meant for the person;
 * `malformed` says that something in this very request cannot be taken, `refused` that none of its kind is. `busy` says
 * nothing about the request, only that the server wants fewer of them; `server` that it failed.
 */
export type FailureKind =
  | "network"
  | "server"
  | "busy"
  | "revoked"
  | "unauthorized"
  | "notice"
  | "forbidden"
  | "malformed"
  | "refused"
  | "shape";

/** A request that did not succeed: its kind, the server's own words and when to try again at the earliest. */
export class ApiFailure extends Error {
  readonly kind: FailureKind;
  readonly retryAfterSeconds: number;
  /** What a `notice` is called among programs, such as `readonly`; empty where it has no name. */
  readonly code: string;
  /** Whether the request took too long, so that a smaller one may succeed. */
  readonly isTimeout: boolean;

  constructor(kind: FailureKind, text: string, retryAfterSeconds = 0, code = "", isTimeout = false) {
    super(text);
    this.name = "ApiFailure";
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
    this.code = code;
    this.isTimeout = isTimeout;
  }
}

/** A request to our API. */
export interface ApiRequest {
  readonly method: "GET" | "PUT" | "POST";
  readonly path: string;
  readonly token?: string;
  readonly body?: string;
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean;
}

/**
 * Sends a request and returns the JSON of a 200. Throws `ApiFailure`, and nothing else, for everything else, also when
 * nothing has come from the server for 40 s: the request has to be sent within that time, the answer may take longer.
 */
export async function requestJson(request: ApiRequest): Promise<unknown> {
  let response: Response;
  let body: string;
  const patience = new Patience();
  const sent = momentNow();
  const traceparent = newTraceParent((bytes) => crypto.getRandomValues(bytes));
  try {
    response = await fetch(`/api/v2/${request.path}`, {
      method: request.method,
      headers: { traceparent, ...(request.token === undefined ? {} : { authtoken: request.token }) },
      cache: "no-store",
      credentials: "same-origin",
      keepalive: request.keepalive ?? false,
      signal: patience.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    heardOf(response.headers.get("date"), sent);
    patience.renew();
    body = await textOf(response, patience);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ApiFailure("network", text, 0, "", patience.signal.aborted);
  } finally {
    patience.done();
  }
  if (response.status !== 200) throw failureOf(response, body);
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiFailure("shape", "The server's answer is not JSON.");
  }
}

/** The longest pause that a server is obeyed in. */
export const LONGEST_WISH_SECONDS = 3600;

function failureOf(response: Response, body: string): ApiFailure {
  const text = body.slice(0, 500) || `${response.status} ${response.statusText}`.trim();
  const wait = retryAfter(response.headers.get("retry-after"), exactClock());
  switch (response.status) {
    case 401:
      return new ApiFailure(body.includes("revoked") ? "revoked" : "unauthorized", text, wait);
    case 402:
      return noticeOf(text, wait);
    case 403:
      return new ApiFailure("forbidden", text, wait);
    case 400:
    case 413:
    case 422:
      return new ApiFailure("malformed", text, wait);
    case 408:
      // The server's own patience with the body of the request.
      return new ApiFailure("busy", text, wait, "", true);
    case 429:
    case 503:
      return new ApiFailure("busy", text, wait);
    default:
      return new ApiFailure(response.status >= 500 ? "server" : "refused", text, wait);
  }
}

/** The seconds that a `Retry-After` asks for, at most an hour; it is a number of seconds or a date. */
export function retryAfter(header: string | null, now: number): number {
  if (header === null || header.trim() === "") return 0;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isNaN(seconds) ? 0 : Math.min(Math.max(seconds, 0), LONGEST_WISH_SECONDS);
}

/** A `name|text` body: the name, of at most 15 characters, is for programs. */
function noticeOf(body: string, wait: number): ApiFailure {
  const bar = body.indexOf("|");
  if (bar < 0 || bar >= 16) return new ApiFailure("notice", body, wait);
  return new ApiFailure("notice", body.slice(bar + 1).trim(), wait, body.slice(0, bar).trim());
}
