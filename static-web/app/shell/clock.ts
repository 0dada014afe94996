import { type ReadonlySignal, signal } from "@preact/signals";

/** The current time in whole unix seconds. */
export const clock = (): number => Math.floor(Date.now() / 1000);

/** Milliseconds since the page was opened; they never go back. */
export const milliseconds = (): number => performance.now();

/** A signal that follows the clock, on the second, while the page is visible. */
export function tickingClock(): ReadonlySignal<number> {
  const now = signal(clock());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = (): void => {
    now.value = clock();
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  document.addEventListener("visibilitychange", tick);
  tick();
  return now;
}
