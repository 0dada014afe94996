import { beforeEach, describe, expect, it, vi } from "vitest";
import { clicked } from "./notifications.ts";

const ORIGIN = "https://timetagger.invalid";

function windowAt(path: string, state: { focused?: boolean; visible?: boolean } = {}) {
  return {
    url: ORIGIN + path,
    focused: state.focused ?? false,
    visibilityState: state.visible ? "visible" : "hidden",
    postMessage: vi.fn(),
    focus: vi.fn(),
  };
}

describe("a click on a notification", () => {
  const notification = { close: vi.fn() } as unknown as Notification;
  const openWindow = vi.fn();
  let windows: ReturnType<typeof windowAt>[] = [];

  beforeEach(() => {
    openWindow.mockReset();
    vi.stubGlobal("self", { clients: { openWindow, matchAll: () => Promise.resolve(windows) } });
  });

  it.each([
    ["stop", "/app/?action=stop"],
    ["a&b", "/app/?action=a%26b"],
    ["", "/app/"],
  ])("opens the app with the action %j when none is open", async (action, address) => {
    windows = [windowAt("/privacy"), windowAt("/app/demo")];

    await clicked(notification, action);

    expect(notification.close).toHaveBeenCalled();
    expect(openWindow).toHaveBeenCalledExactlyOnceWith(address);
    for (const window of windows) expect(window.postMessage).not.toHaveBeenCalled();
  });

  it("reaches the one window that the person sees", async () => {
    windows = [windowAt("/app/"), windowAt("/app/?x", { visible: true }), windowAt("/app/")];

    await clicked(notification, "stop");

    expect(windows[1]?.postMessage).toHaveBeenCalledExactlyOnceWith({
      type: "notificationclick",
      action: "stop",
    });
    expect(windows[1]?.focus).toHaveBeenCalled();
    expect(windows[0]?.postMessage).not.toHaveBeenCalled();
    expect(windows[2]?.postMessage).not.toHaveBeenCalled();
    expect(openWindow).not.toHaveBeenCalled();
  });

  it("that closes it does nothing else", async () => {
    windows = [windowAt("/app/")];

    await clicked(notification, "close");

    expect(windows[0]?.postMessage).not.toHaveBeenCalled();
    expect(openWindow).not.toHaveBeenCalled();
  });
});
