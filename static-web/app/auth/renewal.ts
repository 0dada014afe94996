import { ApiFailure } from "../api/request.ts";
import { currentAuth } from "./info.ts";
import { renewToken } from "./tokens.ts";

const EVERY_MS = 3_600_000;
const LOOK_MS = 60_000;

/**
 * Renews the token now and then every hour, unless another tab has; after failures, which are no hurry as the token is
 * good for days, later and later up to that. Looks at the clock every minute, since a long timer does not survive sleep.
 */
export function keepTokenFresh(username: string, onRevoked: () => void): void {
  let failures = 0;
  let isOffline = false;
  let dueAt = Number.NEGATIVE_INFINITY;
  let known: string | undefined;
  let expired: string | undefined;

  const renewIfDue = async (): Promise<void> => {
    const info = currentAuth();
    if (info?.username !== username || info.token === expired) return;
    const now = Date.now();
    if (known !== undefined && info.token !== known) {
      // Another tab got it, or somebody has signed in again.
      [known, failures, dueAt] = [info.token, 0, now + EVERY_MS];
    }
    // A longer pause is only one because the clock was set back.
    dueAt = Math.min(dueAt, now + EVERY_MS);
    if (now < dueAt) return;
    dueAt = now + EVERY_MS;
    known = info.token;
    try {
      await renewToken(username);
      [known, failures, isOffline] = [currentAuth()?.token, 0, false];
    } catch (error) {
      dueAt = Date.now() + pauseAfter(failures++, error);
      isOffline = error instanceof ApiFailure && error.kind === "network";
      if (!(error instanceof ApiFailure)) return;
      if (error.kind === "unauthorized") expired = info.token;
      if (error.kind === "revoked") onRevoked();
    }
  };

  void renewIfDue();
  setInterval(() => void renewIfDue(), LOOK_MS);
  document.addEventListener("visibilitychange", () => void renewIfDue());
  window.addEventListener("online", () => {
    if (isOffline) dueAt = Number.NEGATIVE_INFINITY;
    void renewIfDue();
  });
}

const pauseAfter = (failures: number, error: unknown): number =>
  Math.max(
    Math.min(LOOK_MS * 2 ** failures, EVERY_MS),
    error instanceof ApiFailure ? error.retryAfterSeconds * 1000 : 0,
  );
