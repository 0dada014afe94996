import { requestJson } from "../api/request.ts";
import { withToken } from "../api/withToken.ts";
import { type PushAnswer, readPushAnswer, readUpdates, type Updates } from "./answers.ts";
import type { Kind } from "./store.ts";

/** The server's copy of the person's data. Everything here throws `ApiFailure`. */
export interface Remote {
  push(kind: Kind, body: string, keepalive: boolean): Promise<PushAnswer>;
  pull(since: number): Promise<Updates>;
}

/** The server, asked with the token that `currentToken` gives at that moment; null when the person is signed out. */
export function remoteOver(currentToken: () => string | null): Remote {
  return {
    push: async (path, body, keepalive) =>
      readPushAnswer(
        await withToken(currentToken, (token) =>
          requestJson({ method: "PUT", path, token, body, keepalive }),
        ),
      ),
    pull: async (since) =>
      readUpdates(
        await withToken(currentToken, (token) =>
          requestJson({ method: "GET", path: `updates?since=${since}`, token }),
        ),
      ),
  };
}
