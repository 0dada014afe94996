import { effect } from "@preact/signals";
import { afterEach, describe, expect, it } from "vitest";
import de from "../../strings/de.json";
import en from "../../strings/en.json";
import { Formats, formats, writeAs } from "./format.ts";
import { speak, t } from "./t.ts";

/** 2026-10-25 00:30 UTC: in Berlin the hour after two comes twice in that night. */
const MOMENT = 1_792_888_200;
const day = { from: MOMENT - 3600, to: MOMENT + 3600 };
/** Without the kinds of blanks that locales differ in, and the marks that hold a direction. */
const plain = (text: string): string =>
  text.replaceAll(/[\u00a0\u202f]/g, " ").replaceAll(/[\u200e\u200f]/g, "");

describe("Formats", () => {
  it.each([
    ["en-US", "UTC", "12:30 AM"],
    ["en-GB", "UTC", "00:30"],
    ["de", "Europe/Berlin", "02:30 MESZ"],
    ["de", "America/New_York", "20:30"],
    ["ar-EG", "Asia/Kolkata", "٦:٠٠ ص"],
    ["ja", "Australia/Lord_Howe", "11:30"],
  ])("time_on the day in %s and %s_is %s", (locale, zone, text) =>
    expect(plain(new Formats(locale, zone).time(MOMENT, day))).toBe(text),
  );

  it.each([
    ["de", "24h", ["02:30 MESZ", "02:30 MEZ"]],
    ["en-US", "ampm", ["2:30 AM GMT+2", "2:30 AM GMT+1"]],
  ] as const)("time_hour that comes twice in %s as %s_is told apart", (locale, time, texts) => {
    const berlin = new Formats(locale, "Europe/Berlin", { time });
    expect([MOMENT, MOMENT + 3600].map((moment) => plain(berlin.time(moment, day)))).toEqual(texts);
    expect(plain(berlin.time(MOMENT + 7200, { from: 0, to: MOMENT * 2 }))).not.toMatch(/ME|GMT/);
  });

  it("timeOfDay_hour that comes twice_is as on the wall", () => {
    const berlin = new Formats("de", "Europe/Berlin");
    expect([MOMENT, MOMENT + 3600].map((moment) => berlin.timeOfDay(moment))).toEqual(["02:30", "02:30"]);
  });

  it.each([
    ["en-US", "UTC", "Sun 25-10-2026, 12:30 AM"],
    ["de", "Europe/Berlin", "So 25-10-2026, 02:30 MESZ"],
    ["de", "America/New_York", "Sa 24-10-2026, 20:30"],
    ["ar-EG", "UTC", "الأحد ٢٥-١٠-٢٠٢٦, ١٢:٣٠ ص"],
  ])("time_on another day in %s and %s_is %s", (locale, zone, text) =>
    expect(plain(new Formats(locale, zone).time(MOMENT, { from: 0, to: 1 }))).toBe(text),
  );

  it.each([
    ["en-US", "24h", "00:30"],
    ["en-GB", "ampm", "12:30 am"],
    ["de", "ampm", "12:30 AM"],
    ["de", "24h", "00:30"],
  ] as const)("time_in %s as %s_is %s", (locale, time, text) =>
    expect(plain(new Formats(locale, "UTC", { time }).time(MOMENT, day))).toBe(text),
  );

  it.each([
    ["dd-mm-yyyy", "04-03-2026"],
    ["yyyy-mm-dd", "2026-03-04"],
    ["mm/dd/yyyy", "03/04/2026"],
  ] as const)("dateInFigures_as %s_is %s", (date, text) =>
    expect(new Formats("en", "UTC", { date }).dateInFigures(1_772_582_400)).toBe(text),
  );

  it.each([
    ["en", "dhms", 98_400, "1 d 03 h 20"],
    ["en", "dhms", 7499, "2 h 05"],
    ["en", "dhms", 86_400, "1 d 00 h 00"],
    ["de", "dhms", 29, "29 s"],
    ["en", "colon", 98_400, "27:20"],
    ["en", "colon", -90, "-0:02"],
    ["ar-EG", "colon", 7499, "٢:٠٥"],
  ] as const)("duration_in %s as %s of %d s_is %s", (locale, duration, seconds, text) =>
    expect(plain(new Formats(locale, "UTC", { duration }).duration(seconds))).toBe(text),
  );

  it.each([
    ["en-US", "America/New_York", "October 24, 2026"],
    ["en-GB", "UTC", "25 October 2026"],
    ["de", "UTC", "25. Oktober 2026"],
    ["ar-EG", "UTC", "٢٥ أكتوبر ٢٠٢٦"],
  ])("date_in %s and %s_is %s", (locale, zone, text) =>
    expect(plain(new Formats(locale, zone).date(MOMENT))).toBe(text),
  );

  it.each([
    ["en", 0, "0 s"],
    ["en", 29, "29 s"],
    ["en", 300, "5 min"],
    ["en", 7499, "2 h 05"],
    ["en", 3_600_000, "1000 h 00"],
    ["en", -90, "-2 min"],
    ["de", -7499, "-2 h 05"],
    ["ar-EG", 7499, "٢ h ٠٥"],
    ["fa", 29, "۲۹ s"],
  ] as const)("duration_in %s of %d s_is %s", (locale, seconds, text) =>
    expect(plain(new Formats(locale).duration(seconds))).toBe(text),
  );

  it("durationPieces_figures and units_are told apart", () => {
    expect(new Formats("en").durationPieces(7499).map(({ kind }) => kind)).toEqual([
      "figure",
      "unit",
      "figure",
    ]);
  });

  it.each([
    ["en", 0, "0 sec"],
    ["en", 59, "59 sec"],
    ["en", 720, "12 min"],
    ["en", 3600, "1 hr"],
    ["en", 7499, "2 hr 5 min"],
    ["de", 7499, "2 Std., 5 Min."],
  ] as const)("spokenDuration_in %s of %d s_is %s", (locale, seconds, text) =>
    expect(plain(new Formats(locale).spokenDuration(seconds))).toBe(text),
  );

  it.each([
    ["en", 0, "0:00:00"],
    ["en", 59.6, "0:00:59"],
    ["en", 5400, "1:30:00"],
    ["en", 360_000, "100:00:00"],
    ["en", -90, "-0:01:30"],
    ["ar-EG", 3661, "١:٠١:٠١"],
  ] as const)("clock_in %s of %d s_is %s", (locale, seconds, text) =>
    expect(plain(new Formats(locale).clock(seconds))).toBe(text),
  );
});

describe("a language", () => {
  afterEach(() => speak("en", "en", en));

  it("speak_another one_changes texts, counts and figures", () => {
    speak("de", "de-DE", de);
    expect(t("sync.waiting", { n: 1 })).toBe("1 Änderung wartet");
    expect(t("sync.waiting", { n: 12_000 })).toBe("12.000 Änderungen warten");
    expect(formats().date(0)).toBe("1. Januar 1970");
    expect(t("sync.refused", { what: "<b>'{x}", reason: "#" })).toBe("<b>'{x}: #");
  });

  it("t_text with a smaller-than sign_is shown as it stands", () => {
    speak("en", "en", { ...en, "record.now": "<1 min </b>" });
    expect(t("record.now")).toBe("<1 min </b>");
  });

  it("t_unknown message, missing or wrong name_does not compile", () => {
    const mistakes = [
      // @ts-expect-error There is no such message.
      () => t("sync.nonsense"),
      // @ts-expect-error The count is missing.
      () => t("sync.waiting"),
      // @ts-expect-error A count is a number.
      () => t("sync.waiting", { n: "1" }),
      // @ts-expect-error This message takes nothing.
      () => t("app.title", { n: 1 }),
    ];
    expect(mistakes).toHaveLength(4);
  });

  it("formats_same language and ways_are made once", () => expect(formats()).toBe(formats()));

  it("writeAs_other ways_are those of all that is written from then on", () => {
    const before = formats();
    const texts: string[] = [];
    effect(() => void texts.push(formats().duration(98_400)));
    writeAs({ date: "yyyy-mm-dd", time: "24h", duration: "colon" });
    expect(texts.map(plain)).toEqual(["27 h 20", "27:20"]);
    expect(formats()).not.toBe(before);
    writeAs({ date: "dd-mm-yyyy", time: "auto", duration: "hms" });
  });
});
