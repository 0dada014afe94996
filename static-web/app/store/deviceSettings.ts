/** Where a device keeps its own settings, as one JSON object; the name is part of the contract with existing clients. */
export const LOCAL_SETTINGS_KEY = "timetagger_local_settings";

/** What keeps the settings: the browser's local storage. */
export type Keeper = Pick<Storage, "getItem" | "setItem">;

/** The settings of this device; none when they cannot be read. */
export function readDeviceSettings(keeper: Keeper): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(keeper.getItem(LOCAL_SETTINGS_KEY) ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Keeps a setting beside the others. A browser that keeps nothing more is no reason to stop: then it holds for this page. */
export function keepDeviceSetting(keeper: Keeper, name: string, value: unknown): void {
  try {
    keeper.setItem(LOCAL_SETTINGS_KEY, JSON.stringify({ ...readDeviceSettings(keeper), [name]: value }));
  } catch {
    // Full, or not allowed.
  }
}
