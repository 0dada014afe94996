import { signal } from "@preact/signals";
import { type Keeper, keepDeviceSetting, readDeviceSettings } from "../store/deviceSettings.ts";

const NAME = "single_key_shortcuts";

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
    this.on.value = readDeviceSettings(this.#keeper)[NAME] !== false;
  }

  /** Chooses, and remembers it among the other settings of this device. */
  choose(on: boolean): void {
    this.on.value = on;
    keepDeviceSetting(this.#keeper, NAME, on);
  }
}
