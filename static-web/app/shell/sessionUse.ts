import type { Use } from "../store/cadence.ts";

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "focus"] as const;
/** Whoever does something after so long has come back, and wants to see what is new. */
const AWAY_MS = 60_000;

/** Watches whether somebody uses the page. `onReturn` is told when somebody does again after a while. */
export function watchUse(milliseconds: () => number, onReturn: () => void): () => Use {
  let usedAt = milliseconds();
  const used = (): void => {
    const wasAway = milliseconds() - usedAt > AWAY_MS;
    usedAt = milliseconds();
    if (wasAway) onReturn();
  };
  for (const sign of SIGNS) window.addEventListener(sign, used, { capture: true, passive: true });
  return () => ({ isHidden: document.hidden, idleMs: milliseconds() - usedAt });
}
