import { editRecord } from "../actions/editRecord.ts";
import type { TimeRecord } from "../domain/record.ts";
import type { AppContext } from "../shell/context.ts";
import { Description } from "./Description.tsx";

/** A record's words. To press them, or anywhere in the row, opens the record. */
export function RecordButton({ app, record }: { readonly app: AppContext; readonly record: TimeRecord }) {
  return (
    <button
      type="button"
      class="record-button"
      aria-haspopup="dialog"
      onClick={(event) => {
        // The second click of two was meant for a dialog that the first one closed.
        if (event.detail < 2) void editRecord.perform(app, record);
      }}
    >
      <Description ds={record.ds} />
    </button>
  );
}
