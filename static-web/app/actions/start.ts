import { checkDescription } from "../domain/description.ts";
import { newKey } from "../domain/key.ts";
import { started } from "../domain/record.ts";
import { t } from "../i18n/t.ts";
import type { Action } from "./action.ts";
import { stopping } from "./stop.ts";

/** Starts a record with the description typed so far, and stops what runs. */
export const start: Action = {
  id: "start",
  label: "action.start",
  shortcut: "s",
  changesData: true,
  isEnabled: () => true,
  async perform(app) {
    const typed = app.draft.value;
    const checked = checkDescription(typed);
    if (!checked.ok) {
      const text =
        checked.reason === "hidden" ? t("start.hidden") : t("start.tooLong", { n: checked.excess });
      app.notice.value = { text, aboutDraft: true };
      return;
    }
    const now = app.clock();
    const record = started(newKey(), checked.ds, now);
    // What runs is asked at the moment of the edit: another tab may have started something just now.
    await app.history.change(start.label, () => ({
      records: [...stopping(app.running.value, now), { key: record.key, change: () => record }],
    }));
    if (app.draft.value === typed) app.draft.value = "";
    app.announcement.value = t("start.done", { what: checked.ds || t("record.noDescription") });
  },
};
