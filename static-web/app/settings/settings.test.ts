import { effect } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { choose } from "../actions/choose.ts";
import { redo } from "../actions/redo.ts";
import { perform } from "../actions/registry.ts";
import { start } from "../actions/start.ts";
import { opened } from "../actions/testApp.ts";
import { undo } from "../actions/undo.ts";
import type { WeekStart } from "../domain/calendar/steps.ts";
import type { DurationStyle } from "../domain/durationStyle.ts";
import type { Json, Setting } from "../domain/record.ts";
import type { FreeDays } from "../domain/targets.ts";
import { receive, updates } from "../store/testParts.ts";
import { type Place, readSetting, SETTINGS, type SettingName, type SettingValue } from "./catalogue.ts";
import { DeviceSettings, LOCAL_SETTINGS_KEY } from "./device.ts";

/** What existing clients know: where each setting is kept, what holds without it, and what else it can be. */
const CONTRACT: readonly (readonly [SettingName, Place, Json, readonly Json[]])[] = [
  ["darkmode", "device", 0, [1, 2]],
  ["width_mode", "device", "auto", ["1000", "1500", "full"]],
  ["notifications", "device", false, [true]],
  ["pomodoro_enabled", "device", false, [true]],
  ["report_grouping", "device", "none", ["tagz", "ds"]],
  ["report_groupperiod", "device", "none", ["day", "week", "month", "quarter", "year"]],
  ["report_hidesecondary", "device", false, [true]],
  ["report_format", "device", "hm", ["h0", "hms", "h1", "h2", "h3"]],
  ["report_showrecords", "device", true, [false]],
  ["first_day_of_week", "synced", 1, [0, 6]],
  ["workdays", "synced", 0, [1, 2]],
  ["date_repr", "synced", "dd-mm-yyyy", ["yyyy-mm-dd", "mm/dd/yyyy"]],
  ["time_repr", "synced", "auto", ["24h", "ampm"]],
  ["duration_repr", "synced", "hms", ["dhms", "colon"]],
  ["today_snap_offset", "synced", "", ["-3h", "-1h", "1h", "9h"]],
  ["today_end_offset", "synced", "", ["-12h"]],
  ["show_stopwatch", "synced", true, [false]],
  ["single_key_shortcuts", "device", true, [false]],
  ["trusts_device_clock", "device", false, [true]],
  ["language", "device", null, ["en", "de"]],
];

const NONSENSE: readonly unknown[] = [
  undefined,
  null,
  "date",
  "",
  7,
  "1",
  [],
  {},
  "-4h",
  "10h",
  "0h",
  "true",
];

describe("readSetting", () => {
  it("readSetting_every setting_is in the contract", () =>
    expect(CONTRACT.map(([name]) => name).sort()).toEqual(Object.keys(SETTINGS).sort()));

  it.each(CONTRACT)("%s_is kept: %s, and is %j or one of %j", (name, place, byDefault, others) => {
    const other = place === "device" ? "synced" : "device";
    const nothing = { device: undefined, synced: undefined };
    expect(SETTINGS[name].place).toBe(place);
    for (const stored of NONSENSE.filter((value) => ![byDefault, ...others].includes(value as Json)))
      expect(readSetting(name, { ...nothing, [place]: stored })).toBe(byDefault);
    for (const value of others) {
      expect(readSetting(name, { ...nothing, [place]: value })).toBe(value);
      expect(readSetting(name, { ...nothing, [other]: value })).toBe(value);
      expect(readSetting(name, { [place]: "nonsense", [other]: value } as Record<Place, unknown>)).toBe(
        value,
      );
      if (byDefault !== null)
        expect(readSetting(name, { [place]: byDefault, [other]: value } as Record<Place, unknown>)).toBe(
          byDefault,
        );
    }
  });

  it("SettingValue_is what the calendar and the targets take", () => {
    const week: WeekStart = SETTINGS.first_day_of_week.byDefault as SettingValue<"first_day_of_week">;
    const free: FreeDays = SETTINGS.workdays.byDefault as SettingValue<"workdays">;
    const style: DurationStyle = SETTINGS.duration_repr.byDefault as SettingValue<"duration_repr">;
    // @ts-expect-error No week begins on a Tuesday.
    const tuesday: SettingValue<"first_day_of_week"> = 2;
    expect([week, free, style, tuesday]).toEqual([1, 0, "hms", 2]);
  });
});

/** What the browser remembers under our name. */
function keeperWith(text: string | null) {
  const keeper = {
    held: text,
    getItem: (key: string) => (key === LOCAL_SETTINGS_KEY ? keeper.held : null),
    setItem: (_key: string, value: string) => {
      keeper.held = value;
    },
  };
  return keeper;
}

describe("DeviceSettings", () => {
  it.each([null, "", "{", "[]", "7"])("stored_%j is kept_is nothing", (text) =>
    expect(new DeviceSettings(keeperWith(text)).stored.value).toEqual({}),
  );

  it("keep_one_is remembered beside the others", () => {
    const keeper = keeperWith('{"darkmode":2}');
    new DeviceSettings(keeper).keep("pomodoro_enabled", true);
    expect(new DeviceSettings(keeper).stored.value).toEqual({ darkmode: 2, pomodoro_enabled: true });
  });

  it("keep_nothing can be kept_holds for this page", () => {
    const full = (): never => {
      throw new Error("full");
    };
    const device = new DeviceSettings({ getItem: () => null, setItem: full });
    device.keep("darkmode", 1);
    expect(device.stored.value).toEqual({ darkmode: 1 });
  });

  it("reread_another tab has chosen_follows", () => {
    const keeper = keeperWith(null);
    const device = new DeviceSettings(keeper);
    const seen: unknown[] = [];
    effect(() => void seen.push(device.stored.value.darkmode));
    keeper.held = '{"darkmode":2}';
    device.reread();
    expect(seen).toEqual([undefined, 2]);
  });
});

/** A setting as the server has it. */
const setting = (key: string, value: Json, st = 50): Setting => ({ key, mt: 50, st, value });

describe("Settings", () => {
  it("get_another device has chosen_follows, and nothing else is news", async () => {
    const { app, local } = await opened();
    const seen: string[] = [];
    effect(() => void seen.push(app.settings.get("time_repr")));
    await receive(local, updates({ settings: [setting("time_repr", "ampm")] }));
    await receive(local, updates({ settings: [setting("workdays", 2, 51)] }));
    await perform(start, app);
    await receive(local, updates({ settings: [setting("time_repr", "at noon", 52)] }));
    expect(seen).toEqual(["auto", "ampm", "auto"]);
  });

  it("get_an older client kept it in the other place_is found there", async () => {
    const { app, device, local } = await opened();
    device.keep("duration_repr", "colon");
    await receive(local, updates({ settings: [setting("darkmode", 2)] }));
    expect([app.settings.get("duration_repr"), app.settings.get("darkmode")]).toEqual(["colon", 2]);
  });

  it("tagInfo_an older client settled it_is honoured until a newer one says otherwise", async () => {
    const { app, local } = await opened();
    const old = [
      setting("color #a", "#ff0000"),
      setting("tag_targets", { "#a": { period: "week", hours: 30 }, "#a #b": { period: "day", hours: 2 } }),
    ];
    await receive(local, updates({ settings: old }));
    expect(app.settings.tagInfo("#a")).toEqual({
      colour: "#ff0000",
      isSecondary: false,
      targets: { week: 30 },
    });
    expect(app.settings.tagInfo("#a #b").targets).toEqual({ day: 2 });
    const newer = setting("taginfo #a", { targets: {}, priority: 2, color: "#00ff00" });
    await receive(local, updates({ settings: [newer] }));
    expect(app.settings.tagInfo("#a")).toEqual({ colour: "#00ff00", isSecondary: true, targets: {} });
  });
});

describe("choose", () => {
  it("choose_a synced one_is an edit that waits, can be undone and done again", async () => {
    const { app, device } = await opened();
    await choose(app, "duration_repr", "colon");
    expect(app.store.outbox.value.get("settings/duration_repr")?.item).toMatchObject({
      value: "colon",
      st: 0,
    });
    await choose(app, "duration_repr", "dhms");
    expect(app.history.undoable.value).toBe("action.setting");
    const seen = [app.settings.get("duration_repr")];
    for (const way of [undo, undo, redo]) {
      await perform(way, app);
      seen.push(app.settings.get("duration_repr"));
    }
    // The first choice cannot be deleted, but what held before it can be chosen.
    expect(seen).toEqual(["dhms", "colon", "hms", "colon"]);
    expect(device.stored.value).toEqual({});
  });

  it("choose_undone where the other place has a value_holds that again", async () => {
    const { app, device } = await opened();
    device.keep("duration_repr", "dhms");
    await choose(app, "duration_repr", "colon");
    await perform(undo, app);
    expect(app.settings.get("duration_repr")).toBe("dhms");
  });

  it("choose_what holds already_writes nothing", async () => {
    const { app } = await opened();
    await choose(app, "workdays", 2);
    const before = app.store.outbox.value;
    await choose(app, "workdays", 2);
    expect(app.store.outbox.value).toBe(before);
  });

  it("choose_one of the device_is kept there, and not sent", async () => {
    const { app, device } = await opened();
    await choose(app, "darkmode", 2);
    expect(device.stored.value).toEqual({ darkmode: 2 });
    expect(app.settings.get("darkmode")).toBe(2);
    expect(app.store.outbox.value.size).toBe(0);
  });

  it("choose_the server takes no changes_refuses what is synced, not what is the device's", async () => {
    const { app, sync } = await opened();
    sync.report.value = { ...sync.report.value, isReadOnly: true };
    await choose(app, "workdays", 2);
    expect(app.notice.value?.text).toContain("no changes");
    await choose(app, "darkmode", 1);
    expect([app.settings.get("workdays"), app.settings.get("darkmode")]).toEqual([0, 1]);
  });
});
