import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UseWatch } from "./sessionUse.ts";

const clock = { ms: 0 };
const host = { onReturn: vi.fn(), onUse: vi.fn() };

const watchAt = (ms: number): UseWatch => {
  clock.ms = ms;
  return new UseWatch(() => clock.ms, host);
};

beforeEach(() => vi.stubGlobal("document", { hidden: false }));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("UseWatch", () => {
  it("used_after a while_is a return", () => {
    const watch = watchAt(0);
    clock.ms = 60_000;
    watch.used();
    expect(host.onReturn).not.toHaveBeenCalled();
    clock.ms = 120_001;
    watch.used();
    expect(host.onReturn).toHaveBeenCalledOnce();
    clock.ms = 120_501;
    expect(watch.use()).toEqual({ isHidden: false, idleMs: 500 });
  });

  it("used_all the time_is told every five seconds", () => {
    const watch = watchAt(0);
    for (; clock.ms < 11_000; clock.ms += 100) watch.used();
    expect(host.onUse).toHaveBeenCalledTimes(3);
  });

  it("usedElsewhere_counts as use here, and tells nobody", () => {
    const watch = watchAt(0);
    clock.ms = 600_000;
    watch.usedElsewhere();
    clock.ms = 600_100;
    expect(watch.use().idleMs).toBe(100);
    watch.used();
    expect([host.onReturn.mock.calls.length, host.onUse.mock.calls.length]).toEqual([0, 1]);
  });
});
