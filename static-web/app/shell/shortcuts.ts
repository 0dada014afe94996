import { signal } from "@preact/signals";

/** Where a device keeps its own settings, as one JSON object; the name is part of the contract with existing clients. */
export const LOCAL_SETTINGS_KEY = "timetagger_local_settings";
const NAME = "single_key_shortcuts";

type Keeper = Pick<Storage, "getItem" | "setItem">;

/** Whether single keys perform actions on this device. Speech input and unsteady hands press them by accident. */
export class Shortcuts {
  readonly on = signal(true);
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
    this.reread();
  }

  /** Follows what another tab has chosen. */
  reread(): void {
    this.on.value = readSettings(this.#keeper)[NAME] !== false;
  }

  /** Chooses, and remembers it among the other settings of this device. */
  choose(on: boolean): void {
    this.on.value = on;
    try {
      this.#keeper.setItem(LOCAL_SETTINGS_KEY, JSON.stringify({ ...readSettings(this.#keeper), [NAME]: on }));
    } catch {
      // The browser keeps nothing more: the choice holds until the page is closed.
    }
  }
}

function readSettings(keeper: Keeper): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(keeper.getItem(LOCAL_SETTINGS_KEY) ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
