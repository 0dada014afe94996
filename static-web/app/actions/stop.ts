import Square from "icon:square";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { stopping } from "../record/switching.ts";
import type { Action } from "./action.ts";

/** Stops every running record. */
export const stop: Action = {
  id: "stop",
  label: "action.stop",
  hint: "action.hint.stop",
  keywords: "action.words.stop",
  icon: Square,
  shortcut: { key: "x" },
  changesData: true,
  lack: "action.lack.running",
  isEnabled: (app) => app.running.value.length > 0,
  async perform(app) {
    const written = await app.history.change(stop.label, () => ({
      records: stopping(app.running.value, app.clock()),
    }));
    app.announcement.value = written.records
      .map(({ after: { t1, t2 } }) => t("stop.done", { duration: formats().spokenDuration(t2 - t1) }))
      .join(". ");
  },
};
