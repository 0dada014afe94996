import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { correctionFor, type Moment, ServerTime } from "./serverTime.ts";

const server = new ServerTime();
const trustsDevice = signal(false);

/** By how many seconds the device's clock is behind the server's, or ahead where it is less than 0; 0 where it is right. */
export const deviceIsBehind: ReadonlySignal<number> = computed(() => correctionFor(server.ahead.value));

const correction = computed(() => (trustsDevice.value ? 0 : deviceIsBehind.value));

/** Whether the person says that the device's own clock is right, whatever the server's says. */
export function trustDevice(isTrusted: boolean): void {
  trustsDevice.value = isTrusted;
}

/** The current time in milliseconds: by the device's clock, corrected where that differs from the server's. */
export const exactClock = (): number => Date.now() + 1000 * correction.peek();

/** The current time in whole unix seconds. */
export const clock = (): number => Math.floor(exactClock() / 1000);

/** Milliseconds since the page was opened; they never go back. */
export const milliseconds = (): number => performance.now();

/** This moment, for `heardOf`. */
export const momentNow = (): Moment => ({ wall: Date.now(), steady: milliseconds() });

/** Where the tabs of a browser tell each other how far its clock is off: only one of them asks the server. */
const KEY = "timetagger_clock";
/** What was found out longer ago may be of a clock that has been set since. */
const FRESH_MS = 15 * 60_000;
/** Differences smaller than this are not worth telling. */
const WORTH_TELLING_MS = 500;

/** Takes in when the server wrote an answer that was asked for at a moment, and tells other tabs. */
export function heardOf(date: string | null, sent: Moment): void {
  const received = momentNow();
  const before = server.ahead.peek();
  server.heard(date, sent, received);
  const ahead = server.ahead.peek();
  if (ahead === null || (before !== null && Math.abs(ahead - before) < WORTH_TELLING_MS)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([ahead, received.wall]));
  } catch {
    // Then each tab goes by its own clock until it asks the server itself.
  }
}

/** Forgets what was found out: whoever comes next finds it out again. */
export const forgetClock = (keeper: Pick<Storage, "removeItem">): void => keeper.removeItem(KEY);

/** Follows what other tabs find out about the clock, as long as the page lives. */
export function followClock(): void {
  const read = (text: string | null): void => {
    try {
      const [ahead, at] = JSON.parse(text ?? "null");
      if (typeof ahead === "number" && Math.abs(Date.now() - at) < FRESH_MS) server.told(ahead);
    } catch {
      // Nothing is known.
    }
  };
  read(localStorage.getItem(KEY));
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY) read(newValue);
  });
}

/** A signal that follows the clock, on the second, while the page is visible. */
export function tickingClock(): ReadonlySignal<number> {
  const ticked = signal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = (): void => {
    ticked.value += 1;
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  document.addEventListener("visibilitychange", tick);
  tick();
  return computed(() => {
    ticked.value;
    correction.value;
    return clock();
  });
}
