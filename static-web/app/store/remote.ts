import { ApiFailure, requestJson } from "../api/request.ts";
import { type PushAnswer, readPushAnswer, readUpdates, type Updates } from "./answers.ts";
import type { Kind } from "./store.ts";

/** The server's copy of the person's data. Everything here throws `ApiFailure`. */
export interface Remote {
  push(kind: Kind, body: string, keepalive: boolean): Promise<PushAnswer>;
  pull(since: number): Promise<Updates>;
}

/** The server, asked with the token that `currentToken` gives at that moment; null when the person is signed out. */
export function remoteOver(currentToken: () => string | null): Remote {
  async function signedIn(send: (token: string) => Promise<unknown>): Promise<unknown> {
    const token = currentToken();
    if (token === null) throw new ApiFailure("unauthorized", "You are signed out.");
    try {
      return await send(token);
    } catch (error) {
      const isStale = error instanceof ApiFailure && error.kind === "revoked" && currentToken() !== token;
      // Another tab has renewed the sign-in while this request was under way: the new token gets its chance.
      throw isStale ? new ApiFailure("server", error.message) : error;
    }
  }
  return {
    push: async (path, body, keepalive) =>
      readPushAnswer(await signedIn((token) => requestJson({ method: "PUT", path, token, body, keepalive }))),
    pull: async (since) =>
      readUpdates(
        await signedIn((token) => requestJson({ method: "GET", path: `updates?since=${since}`, token })),
      ),
  };
}
