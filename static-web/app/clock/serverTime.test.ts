import { describe, expect, it } from "vitest";
import { correctionFor, ServerTime } from "./serverTime.ts";

const NOW = 1_796_010_000_000;
const dateOf = (ms: number): string => new Date(ms).toUTCString();

/** Hears an answer that the server wrote at `NOW + at`, on a device whose clock is `off` ms ahead; all in milliseconds. */
function hears(server: ServerTime, off: number, { at = 0, before = 100, after = 100 } = {}): void {
  const moment = (ms: number) => ({ wall: NOW + ms + off, steady: ms });
  server.heard(dateOf(NOW + at), moment(at - before), moment(at + after));
}

describe("ServerTime", () => {
  it.each([0, 300_000, -300_000, 86_400_000])(
    "heard_a clock %d ms ahead_is known to within a second",
    (off) => {
      const server = new ServerTime();
      for (const at of [0, 400, 900, 10_000, 20_700]) hears(server, off, { at });
      expect(Math.abs((server.ahead.value ?? 0) + off)).toBeLessThan(1000);
    },
  );

  it("heard_one answer that was late_counts for nothing", () => {
    const server = new ServerTime();
    for (const at of [0, 1000, 2000]) hears(server, 0, { at });
    hears(server, 0, { at: 3000, after: 3800 });
    expect(Math.abs(server.ahead.value ?? 0)).toBeLessThan(1000);
  });

  it("heard_the clock is set meanwhile_is known from the first answer after", () => {
    const server = new ServerTime();
    for (const at of [0, 1000, 2000]) hears(server, 0, { at });
    hears(server, 600_000, { at: 3000 });
    expect(Math.abs((server.ahead.value ?? 0) + 600_000)).toBeLessThan(1000);
  });

  it.each([null, "", "yesterday"])("heard_a Date of %j_says nothing", (date) => {
    const server = new ServerTime();
    server.heard(date, { wall: NOW, steady: 0 }, { wall: NOW, steady: 0 });
    expect(server.ahead.value).toBeNull();
  });

  it("heard_after more than 4 s_says nothing", () => {
    const server = new ServerTime();
    hears(server, 300_000, { before: 100, after: 4000 });
    expect(server.ahead.value).toBeNull();
  });

  it("told_by another tab_holds until this one hears again", () => {
    const server = new ServerTime();
    server.told(-300_000);
    expect(server.ahead.value).toBe(-300_000);
    hears(server, 0);
    expect(Math.abs(server.ahead.value ?? 0)).toBeLessThan(1000);
    server.told(-300_000);
    expect(server.ahead.value).toBe(-300_000);
  });
});

describe("correctionFor", () => {
  it.each([
    [null, 0],
    [2999, 0],
    [-2999, 0],
    [3000, 3],
    [-300_400, -300],
  ])("correctionFor_%d ms_is %d s", (ahead, seconds) => expect(correctionFor(ahead)).toBe(seconds));
});
