import { computed, type ReadonlySignal } from "@preact/signals";
import type { CustomDay } from "../domain/calendar/today.ts";
import type { Json, Setting } from "../domain/record.ts";
import { type TagInfo, tagInfoOf } from "../domain/tagInfo.ts";
import type { AppStore } from "../store/store.ts";
import { isSettingName, readSetting, type SettingName, type SettingValue } from "./catalogue.ts";
import type { DeviceSettings } from "./device.ts";

/** What a person has chosen, here and on other devices. Who reads in a signal or a component is told of changes. */
export class Settings {
  readonly device: DeviceSettings;
  readonly #store: AppStore;
  readonly #signals = new Map<SettingName, ReadonlySignal<Json>>();

  constructor(store: AppStore, device: DeviceSettings) {
    this.#store = store;
    this.device = device;
  }

  /** What holds of a setting now. */
  get<Name extends SettingName>(name: Name): SettingValue<Name> {
    return this.signalOf(name).value;
  }

  /** What holds of a setting; it changes only when that does, not with every other edit. */
  signalOf<Name extends SettingName>(name: Name): ReadonlySignal<SettingValue<Name>> {
    let found = this.#signals.get(name);
    if (found === undefined) {
      found = computed(() =>
        readSetting(name, { device: this.device.stored.value[name], synced: this.#synced(name) }),
      );
      this.#signals.set(name, found);
    }
    return found as ReadonlySignal<SettingValue<Name>>;
  }

  /** What is settled about a tag or a combo; where older clients did so, too. */
  tagInfo(combo: string): TagInfo {
    return tagInfoOf((key) => this.#synced(key), combo);
  }

  /**
   * What stands for a setting that was not there, when the first choice of it is undone: settings cannot be deleted, but
   * can be what they would be without the choice.
   */
  absent(chosen: Setting): Setting | undefined {
    const { key } = chosen;
    if (!isSettingName(key)) return undefined;
    return {
      ...chosen,
      value: readSetting(key, { device: this.device.stored.peek()[key], synced: undefined }),
    };
  }

  #synced(key: string): Json | undefined {
    this.#store.version.value; // The map is changed in place: its version says when to look again.
    return this.#store.settings.get(key)?.value;
  }
}

const hoursOf = (offset: string): number => (offset === "" ? 0 : Number.parseInt(offset, 10));

/** When the person's day begins and how long it is. */
export const customDayOf = (settings: Settings): CustomDay => ({
  startHour: hoursOf(settings.get("today_snap_offset")),
  cutHours: -hoursOf(settings.get("today_end_offset")),
});
