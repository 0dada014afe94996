import type { Action } from "../actions/action.ts";
import { perform } from "../actions/registry.ts";
import { start } from "../actions/start.ts";
import { stop } from "../actions/stop.ts";
import type { AppContext } from "./context.ts";

/** What may be asked for from outside: anybody can make a link, so it is only what does no harm. */
const asked: readonly Action[] = [start, stop];

function performAsked(id: unknown, app: AppContext): void {
  const action = asked.find((candidate) => candidate.id === id);
  if (action !== undefined) void perform(action, app);
}

/** Does what a notification or a shortcut of the installed app asks for, in its address or in a message. */
export function followRequests(app: AppContext): void {
  const url = new URL(location.href);
  const id = url.searchParams.get("action");
  if (id !== null) {
    url.searchParams.delete("action");
    history.replaceState(history.state, "", url); // once, and not again after a reload
    performAsked(id, app);
  }
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data?.type === "notificationclick") performAsked(data.action, app);
  });
}
