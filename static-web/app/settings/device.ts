import { type ReadonlySignal, signal } from "@preact/signals";

/** Where a device keeps its own settings, as one JSON object; the name is part of the contract with existing clients. */
export const LOCAL_SETTINGS_KEY = "timetagger_local_settings";

/** What keeps the settings: the browser's local storage. */
export type DeviceKeeper = Pick<Storage, "getItem" | "setItem">;

/** The settings of this device; none when they cannot be read. */
function readDeviceSettings(keeper: DeviceKeeper): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(keeper.getItem(LOCAL_SETTINGS_KEY) ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Keeps a setting beside the others. A browser that keeps nothing more is no reason to stop: then it holds for this page. */
function keepDeviceSetting(keeper: DeviceKeeper, name: string, value: unknown): void {
  try {
    keeper.setItem(LOCAL_SETTINGS_KEY, JSON.stringify({ ...readDeviceSettings(keeper), [name]: value }));
  } catch {
    // Full, or not allowed.
  }
}

/** The settings that this device keeps, as they are now. */
export class DeviceSettings {
  readonly #stored = signal<Readonly<Record<string, unknown>>>({});
  readonly #keeper: DeviceKeeper;

  constructor(keeper: DeviceKeeper) {
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
const browser: DeviceKeeper = {
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
