import type { TimeRecord } from "../domain/record.ts";
import type { TimeChoice } from "../domain/recordForm.ts";
import type { AppContext } from "../shell/context.ts";
import { RecordEditor } from "./editor.ts";

/** How the dialog of a new record begins. */
interface NewOpening {
  readonly ds?: string;
  readonly choice?: TimeChoice;
}

/** How the dialog of a record that is there begins. */
interface Opening {
  /** Whether it asks if the record still runs. */
  readonly isAsked?: boolean;
  readonly choice?: TimeChoice;
  /** When the record may have been over, in unix seconds. */
  readonly stop?: number;
  /** Whether it asks if the record shall be deleted. */
  readonly asksToDelete?: boolean;
}

/** Opens the dialog for a record that starts now, or as was chosen. */
export function openNewRecord(app: AppContext, { ds = "", choice }: NewOpening = {}): void {
  const editor = RecordEditor.forNew(app, ds);
  if (choice !== undefined) editor.propose(choice);
  open(editor);
}

/** Opens the dialog for a record that is there. */
export function openRecord(app: AppContext, record: TimeRecord, opening: Opening = {}): void {
  const { isAsked = false, choice, stop, asksToDelete = false } = opening;
  const editor = RecordEditor.forRecord(app, record);
  editor.asksWhetherRunning.value = isAsked;
  editor.asksToDelete.value = asksToDelete;
  if (choice !== undefined) editor.propose(choice, stop);
  open(editor);
}

function open(editor: RecordEditor): void {
  editor.app.dialogs.show({ kind: "record", editor });
}
