import { signal } from "@preact/signals";
import type { TimeRecord } from "../domain/record.ts";
import { RecordEditor } from "../record/editor.ts";
import { type Saved, save } from "../record/save.ts";
import { DeviceSettings } from "../settings/device.ts";
import { type AppContext, createContext } from "../shell/context.ts";
import type { Remote } from "../store/remote.ts";
import { parts, record } from "../store/testParts.ts";

/** The app over a store of its own, without a page. */
export async function opened(remote: Partial<Remote> = {}) {
  const { store, sync, clock, timer, reopened } = await parts(remote);
  const device = new DeviceSettings({ getItem: () => null, setItem: () => undefined });
  const app = createContext(store, sync, device, {
    clock: () => clock.now,
    now: signal(clock.now),
    milliseconds: () => timer.ms,
  });
  const inDatabase = async (): Promise<readonly TimeRecord[]> => [...(await reopened()).records.values()];
  return { app, device, local: store, sync, clock, timer, reopened, inDatabase };
}

/** Starts a record as the dialog does, with these words, now. */
export const starts = (app: AppContext, ds = ""): Promise<Saved> => save(RecordEditor.forNew(app, ds));

/** A record that runs. */
export const running = (fields: Partial<TimeRecord> = {}): TimeRecord =>
  record({ t1: 900, t2: 900, ...fields });
