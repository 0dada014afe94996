const TIMEOUT_MS = 40_000;

/** Why a request did not succeed. `revoked` and `unauthorized` ask for a new sign-in; `notice` is meant for the person. */
export type FailureKind =
  | "network"
  | "server"
  | "revoked"
  | "unauthorized"
  | "notice"
  | "forbidden"
  | "refused"
  | "shape";

/** A request that did not succeed: its kind, the server's own words and when to try again at the earliest. */
export class ApiFailure extends Error {
  readonly kind: FailureKind;
  readonly retryAfterSeconds: number;

  constructor(kind: FailureKind, text: string, retryAfterSeconds = 0) {
    super(text);
    this.name = "ApiFailure";
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
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

/** Sends a request and returns the JSON of a 200. Throws `ApiFailure`, and nothing else, for everything else. */
export async function requestJson(request: ApiRequest): Promise<unknown> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(`/api/v2/${request.path}`, {
      method: request.method,
      headers: request.token === undefined ? {} : { authtoken: request.token },
      cache: "no-store",
      credentials: "same-origin",
      keepalive: request.keepalive ?? false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    body = await response.text();
  } catch (error) {
    throw new ApiFailure("network", error instanceof Error ? error.message : String(error));
  }
  if (response.status !== 200) throw failureOf(response, body);
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiFailure("shape", "The server's answer is not JSON.");
  }
}

function failureOf(response: Response, body: string): ApiFailure {
  const text = body.slice(0, 500) || `${response.status} ${response.statusText}`.trim();
  if (response.status === 401)
    return new ApiFailure(body.includes("revoked") ? "revoked" : "unauthorized", text);
  if (response.status === 402) return new ApiFailure("notice", noticeText(text));
  if (response.status === 403) return new ApiFailure("forbidden", text);
  const retryAfter = Number(response.headers.get("retry-after"));
  const wait = Number.isFinite(retryAfter) ? Math.min(Math.max(retryAfter, 0), 300) : 0;
  const passing = response.status >= 500 || response.status === 429 || response.status === 408;
  return new ApiFailure(passing ? "server" : "refused", text, wait);
}

/** The text of a `name|text` body; the name is for programs. */
function noticeText(body: string): string {
  const bar = body.indexOf("|");
  return bar >= 0 && bar < 16 ? body.slice(bar + 1).trim() : body;
}
