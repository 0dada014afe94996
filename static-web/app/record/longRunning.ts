import { effect } from "@preact/signals";
import { orderedTimes, type TimeRecord } from "../domain/record.ts";
import type { AppContext } from "../shell/context.ts";
import { openRecord } from "./open.ts";

/** A record that runs longer than this has probably been forgotten, in seconds. */
const LONG = 12 * 3600;
const KEY = "timetagger_asked";

/** Where the keys of the records are kept that were asked about. */
export type AskedKeeper = Pick<Storage, "getItem" | "setItem">;

/** Asks once, when the app is opened, about a record that has run for 12 hours or since another day: is it still running? */
export function askAboutLongRunning(app: AppContext, keeper: AskedKeeper): void {
  const end = effect(() => {
    const { phase } = app.sync.report.value.status;
    // Another device may have stopped it: the server is heard first.
    if (phase === "starting" || phase === "busy") return;
    const asked = keysIn(keeper);
    const running = app.running.peek();
    const record = running.find((each) => !asked.includes(each.key) && isLong(each, app));
    queueMicrotask(() => end());
    if (record === undefined || app.dialogs.open.peek().length > 0) return;
    const stillOfUse = asked.filter((key) => running.some((each) => each.key === key));
    keep(keeper, [...stillOfUse, record.key]);
    openRecord(app, record, { isAsked: true });
  });
}

function isLong(record: TimeRecord, app: AppContext): boolean {
  const { t1 } = orderedTimes(record.t1, record.t2);
  return app.clock() - t1 >= LONG || t1 < app.day.peek().from;
}

/** Forgets what was asked: whoever comes next is somebody else. */
export const forgetAsked = (keeper: Pick<Storage, "removeItem">): void => keeper.removeItem(KEY);

function keysIn(keeper: AskedKeeper): readonly string[] {
  return (keeper.getItem(KEY) ?? "").split(" ");
}

function keep(keeper: AskedKeeper, keys: readonly string[]): void {
  try {
    keeper.setItem(KEY, keys.join(" "));
  } catch {
    // Then it is asked again.
  }
}
