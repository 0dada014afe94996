import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDate } from "../domain/calendar/moment.ts";
import { parseDuration, parseTimeOfDay } from "../domain/timeInput.ts";
import { Formats, type Ways } from "./format.ts";
import { LANGUAGES } from "./languages.ts";

const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
/** Each language alone and in every region that could have a code: a browser names any. */
const LOCALES = LANGUAGES.flatMap((language) => [
  language,
  ...letters.flatMap((one) => letters.map((other) => `${language}-${one}${other}`)),
]);
const WAYS: readonly Ways["time"][] = ["auto", "24h", "ampm"];

describe("what is shown can be typed", () => {
  it.each(WAYS)("time_%s in every region_is read as it was", (time) => {
    const misread: string[] = [];
    for (const locale of LOCALES) {
      const formats = new Formats(locale, "UTC", { time });
      for (const minute of [0, 5, 69, 599, 720, 750, 1145, 1439]) {
        const shown = formats.timeOfDay(minute * 60);
        const read = parseTimeOfDay(shown);
        if (read === null || read.hours * 60 + read.minutes !== minute) misread.push(`${locale}: ${shown}`);
      }
    }
    expect(misread).toEqual([]);
  });

  it("duration_in any language and style_is read as it was", () => {
    const styles = fc.constantFrom<Ways["duration"][]>("hms", "dhms", "colon");
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.constantFrom(...LANGUAGES), styles, (seconds, language, duration) => {
        const shown = new Formats(language, "UTC", { duration }).duration(seconds);
        const isExact = duration !== "colon" && seconds < 60;
        expect(parseDuration(shown)).toBe(isExact ? seconds : 60 * Math.floor((seconds + 30) / 60));
      }),
    );
  });

  it.each([
    ["dd-mm-yyyy", "dmy"],
    ["yyyy-mm-dd", "ymd"],
    ["mm/dd/yyyy", "mdy"],
  ] as const)("dateInFigures_%s_is read as it was", (date, order) => {
    for (const language of LANGUAGES) {
      const shown = new Formats(language, "UTC", { date }).dateInFigures(1_773_046_800);
      expect(parseDate(shown, order)).toEqual({ year: 2026, month: 3, day: 9 });
    }
  });
});
