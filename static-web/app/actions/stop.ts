import { stopped } from "../domain/record.ts";
import type { Action } from "./action.ts";

/** Stops every running record. */
export const stop: Action = {
  id: "stop",
  label: "action.stop",
  shortcut: "x",
  isEnabled: (app) => app.running.value.length > 0,
  async perform(app) {
    const now = app.clock();
    await app.store.put(
      "records",
      app.running.value.map((record) => stopped(record, now)),
    );
    app.sync.edited();
  },
};
