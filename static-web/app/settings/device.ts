import { type ReadonlySignal, signal } from "@preact/signals";
import {
  type Keeper,
  keepDeviceSetting,
  LOCAL_SETTINGS_KEY,
  readDeviceSettings,
} from "../store/deviceSettings.ts";

/** The settings that this device keeps, as they are now. */
export class DeviceSettings {
  readonly #stored = signal<Readonly<Record<string, unknown>>>({});
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
    this.reread();
  }

  /** What is stored, by name, whatever it is. */
  get stored(): ReadonlySignal<Readonly<Record<string, unknown>>> {
    return this.#stored;
  }

  /** Follows what another tab has chosen. */
  reread(): void {
    this.#stored.value = readDeviceSettings(this.#keeper);
  }

  /** Chooses, and remembers it. A browser that keeps nothing more is no reason to stop: then it holds for this page. */
  keep(name: string, value: unknown): void {
    this.#stored.value = { ...this.#stored.value, [name]: value };
    keepDeviceSetting(this.#keeper, name, value);
  }
}

/** The browser's storage. Some forbid even to look at it, which has to fail where it is used. */
const browser: Keeper = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
};

/** What this device keeps, for every part of a page. */
export const device = new DeviceSettings(browser);

/** Follows other tabs as long as the page lives. */
export function followOtherTabs(settings: DeviceSettings): void {
  window.addEventListener("storage", ({ key }) => {
    if (key === null || key === LOCAL_SETTINGS_KEY) settings.reread();
  });
}
