import Again from "icon:repeat";
import { isRunning } from "../domain/record.ts";
import { openNewRecord } from "../record/open.ts";
import type { AppContext } from "../shell/context.ts";
import type { Action } from "./action.ts";

const WEEK = 7 * 86_400;

/** What runs, or else ran last in the past week; undefined where nothing did. */
function lastDescription(app: AppContext): string | undefined {
  const now = app.clock();
  const [running] = app.running.value;
  if (running !== undefined) return running.ds;
  const ended = app.facts.within({ from: now - WEEK, to: now }, now).filter((record) => !isRunning(record));
  return ended.toSorted((a, b) => b.t2 - a.t2)[0]?.ds;
}

/** Asks whether to start again what ran last. */
export const resumeLast: Action = {
  id: "resume-last",
  label: "action.resumeLast",
  hint: "action.hint.resumeLast",
  keywords: "action.words.resumeLast",
  icon: Again,
  shortcut: { key: "s", shift: true },
  changesData: true,
  isRepeatable: true,
  isEnabled: () => true,
  perform: (app) => openNewRecord(app, { ds: lastDescription(app) ?? "" }),
};
