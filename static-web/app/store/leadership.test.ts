import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TestBrowser } from "./testTabs.ts";

const visible = () => ({ isHidden: false, isFrozen: false });
const hidden = () => ({ isHidden: true, isFrozen: false });

/** Lets messages, locks and the waiting for answers take their course. */
const settled = (ms = 1500): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe("Leadership", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("join_two visible tabs_the first leads", async () => {
    const browser = new TestBrowser();
    const tabs = [browser.open(visible()), browser.open(visible())];
    await settled();
    expect(tabs.map(({ isLeading }) => isLeading)).toEqual([true, false]);
  });

  it("leave_the leader closes_the next leads at once", async () => {
    const browser = new TestBrowser();
    const [first, second] = [browser.open(visible()), browser.open(visible())];
    await settled();
    first.leave();
    await settled(0);
    expect([first.isLeading, second.isLeading]).toEqual([false, true]);
  });

  it("join_visible tab beside a hidden leader_leads without waiting", async () => {
    const browser = new TestBrowser();
    const first = browser.open(hidden());
    await settled();
    const second = browser.open(visible());
    await settled(0);
    expect([first.isLeading, second.isLeading]).toEqual([false, true]);
  });

  it("join_visible tab beside a frozen leader_leads after a second", async () => {
    const browser = new TestBrowser();
    const state = visible();
    const first = browser.open(state);
    await settled();
    Object.assign(state, { isHidden: true, isFrozen: true });
    const second = browser.open(visible());
    await settled(999);
    expect(second.isLeading).toBe(false);
    await settled(1);
    expect([first.isLeading, second.isLeading]).toEqual([false, true]);
  });

  it("visibilityChanged_the leader is hidden beside a visible tab_that one leads", async () => {
    const browser = new TestBrowser();
    const state = visible();
    const [first, second] = [browser.open(state), browser.open(visible())];
    await settled();
    state.isHidden = true;
    first.visibilityChanged();
    await settled(0);
    expect([first.isLeading, second.isLeading]).toEqual([false, true]);
  });

  it("visibilityChanged_all are hidden_one goes on leading", async () => {
    const browser = new TestBrowser();
    const states = [visible(), visible()];
    const tabs = states.map((state) => browser.open(state));
    await settled();
    for (const [i, tab] of tabs.entries()) {
      Object.assign(states[i] ?? {}, { isHidden: true });
      tab.visibilityChanged();
    }
    await settled();
    expect(tabs.filter(({ isLeading }) => isLeading)).toHaveLength(1);
  });

  it("leave_the next in the queue is hidden_a visible one leads", async () => {
    const browser = new TestBrowser();
    const first = browser.open(visible());
    const [second, third] = [browser.open(hidden()), browser.open(visible())];
    await settled();
    first.leave();
    await settled();
    expect([second.isLeading, third.isLeading]).toEqual([false, true]);
  });

  it("join_after it was taken by another tab and that one has left_leads again", async () => {
    const browser = new TestBrowser();
    const follows: string[] = [];
    const first = browser.open(hidden(), { onFollow: () => follows.push("first") });
    await settled();
    const second = browser.open(visible());
    await settled();
    second.leave();
    await settled();
    expect(first.isLeading).toBe(true);
    expect(follows).toEqual(["first"]);
  });

  it("join_a page that was kept and comes back_stands in the queue again", async () => {
    const browser = new TestBrowser();
    const [first, second] = [browser.open(visible()), browser.open(visible())];
    await settled();
    first.leave();
    first.join();
    await settled();
    expect([first.isLeading, second.isLeading]).toEqual([false, true]);
    second.leave();
    await settled();
    expect(first.isLeading).toBe(true);
  });

  it("leave_while the lock is being granted_never leads, and the next does", async () => {
    const browser = new TestBrowser();
    const [first, second] = [browser.open(visible()), browser.open(visible())];
    first.leave();
    await settled();
    expect([first.isLeading, second.isLeading]).toEqual([false, true]);
  });

  it("join_browser without locks_every tab leads", async () => {
    const browser = new TestBrowser(null);
    const tabs = [browser.open(visible()), browser.open(hidden())];
    await settled();
    expect(tabs.map(({ isLeading }) => isLeading)).toEqual([true, true]);
  });

  it("join_browser that gives out no locks here_leads as where there are none, and asks once", async () => {
    const refuse = vi.fn(() => Promise.reject(new DOMException("not in this place", "SecurityError")));
    const browser = new TestBrowser({ request: refuse });
    const leads: string[] = [];
    const tab = browser.open(visible(), { onLead: () => leads.push("lead") });
    await settled();
    expect([tab.isLeading, refuse.mock.calls.length, leads.length]).toEqual([true, 1, 1]);
  });
});
