import { ApiFailure } from "../api/request.ts";
import { currentAuth } from "./info.ts";
import { renewToken } from "./tokens.ts";

const EVERY_MS = 3_600_000;
const LOOK_MS = 60_000;

/** Renews the token now and then every hour. Looks at the clock every minute, since a long timer does not survive sleep. */
export function keepTokenFresh(username: string, onRevoked: () => void): void {
  let renewedAt = Number.NEGATIVE_INFINITY;
  const renewIfDue = async (): Promise<void> => {
    const info = currentAuth();
    if (info?.username !== username || Date.now() - renewedAt < EVERY_MS) return;
    renewedAt = Date.now();
    try {
      await renewToken(username);
    } catch (error) {
      // Offline, out of order, or no room to keep it: the token is good for days, so the next look will do.
      renewedAt = Number.NEGATIVE_INFINITY;
      if (error instanceof ApiFailure && error.kind === "revoked") onRevoked();
    }
  };
  void renewIfDue();
  setInterval(() => void renewIfDue(), LOOK_MS);
  document.addEventListener("visibilitychange", () => void renewIfDue());
}
