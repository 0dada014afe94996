import { ApiFailure, requestJson } from "../api/request.ts";
import { type PushAnswer, readPushAnswer, readUpdates, type Updates } from "./answers.ts";
import type { Kind } from "./database.ts";

/** The server's copy of the person's data. Everything here throws `ApiFailure`. */
export interface Remote {
  push(kind: Kind, body: string, keepalive: boolean): Promise<PushAnswer>;
  pull(since: number): Promise<Updates>;
}

/** The server, asked with the token that `token` gives at that moment; null when the person is not signed in. */
export function remoteOver(token: () => string | null): Remote {
  const signedIn = (): string => {
    const current = token();
    if (current === null) throw new ApiFailure("unauthorized", "You are signed out.");
    return current;
  };
  return {
    push: async (path, body, keepalive) =>
      readPushAnswer(await requestJson({ method: "PUT", path, token: signedIn(), body, keepalive })),
    pull: async (since) =>
      readUpdates(await requestJson({ method: "GET", path: `updates?since=${since}`, token: signedIn() })),
  };
}
