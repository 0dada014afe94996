import type { Json } from "../domain/record.ts";
import { LANGUAGES, type Language } from "../i18n/languages.ts";

/** Where a setting is kept: on this device, or among the items that follow the person to every device. */
export type Place = "device" | "synced";

/** What is true of one setting. */
export interface Rule<Value extends Json> {
  readonly place: Place;
  /** What holds while nothing is stored, or nothing that is allowed. */
  readonly byDefault: Value;
  readonly allowed: readonly Value[];
}

const rule =
  (place: Place) =>
  <const Value extends Json>(byDefault: Value, ...others: readonly Value[]): Rule<Value> => ({
    place,
    byDefault,
    allowed: [byDefault, ...others],
  });
const onDevice = rule("device");
const synced = rule("synced");

/**
 * Every setting, by the name that it has in storage: the default first, then what else is allowed. Names and values are
 * part of the contract with existing clients, up to the last three. What a person settled about tags is in `tagInfo.ts`.
 */
export const SETTINGS = {
  /** 0 as the system prefers, 1 light, 2 dark. */
  darkmode: onDevice(0, 1, 2),
  /** How wide the app is on a wide screen: of itself, so many pixels, or all there are. */
  width_mode: onDevice("auto", "1000", "1500", "full"),
  notifications: onDevice(false, true),
  pomodoro_enabled: onDevice(false, true),
  /** Older clients begin with `date`, which none of them can show. Without groups a report is in the order of dates. */
  report_grouping: onDevice("none", "tagz", "ds"),
  report_groupperiod: onDevice("none", "day", "week", "month", "quarter", "year"),
  report_hidesecondary: onDevice(false, true),
  report_format: onDevice("hm", "h0", "hms", "h1", "h2", "h3"),
  report_showrecords: onDevice(true, false),

  /** The day that a week begins with: 0 Sunday, 1 Monday, 6 Saturday. */
  first_day_of_week: synced(1, 0, 6),
  /** How many days of a week are free: none, Sunday, or Saturday and Sunday. */
  workdays: synced(0, 1, 2),
  date_repr: synced("dd-mm-yyyy", "yyyy-mm-dd", "mm/dd/yyyy"),
  time_repr: synced("auto", "24h", "ampm"),
  duration_repr: synced("hms", "dhms", "colon"),
  /** How long after midnight the day begins. */
  today_snap_offset: synced(
    "",
    ...(["-3h", "-2h", "-1h", "1h", "2h", "3h", "4h", "5h", "6h", "7h", "8h", "9h"] as const),
  ),
  /** By how much the day is shorter than 24 hours. */
  today_end_offset: synced("", "-12h"),
  /** Whether the time of what runs is seen to pass. */
  show_stopwatch: synced(true, false),

  /** Whether single keys perform actions. Speech input and unsteady hands press them by accident. */
  single_key_shortcuts: onDevice(true, false),
  /** Whether this device's clock is right where it differs from the server's. */
  trusts_device_clock: onDevice(false, true),
  /** Null for the first language that the person reads and the client has. */
  language: onDevice<Language | null>(null, ...LANGUAGES),
};

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** What a setting can be. */
export type SettingValue<Name extends SettingName> = (typeof SETTINGS)[Name]["byDefault"];

/** Whether this names a setting. */
export const isSettingName = (key: string): key is SettingName => Object.hasOwn(SETTINGS, key);

/** Where a setting is kept. */
export const placeOf = (name: SettingName): Place => SETTINGS[name].place;

/** A stored value, if it is one that the setting can have. */
export function allowed<Name extends SettingName>(
  name: Name,
  stored: unknown,
): SettingValue<Name> | undefined {
  const values: readonly unknown[] = SETTINGS[name].allowed;
  return values.includes(stored) ? (stored as SettingValue<Name>) : undefined;
}

/**
 * What holds of a setting: what is stored where it is kept; else what is stored in the other place, from where it may
 * have moved; else the default.
 */
export function readSetting<Name extends SettingName>(
  name: Name,
  stored: Readonly<Record<Place, unknown>>,
): SettingValue<Name> {
  const place = placeOf(name);
  return (
    allowed(name, stored[place]) ??
    allowed(name, stored[place === "device" ? "synced" : "device"]) ??
    SETTINGS[name].byDefault
  );
}
