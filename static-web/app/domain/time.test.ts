import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/times.json";
import {
  clockAt,
  type DateOrder,
  dateAt,
  firstAfter,
  momentOn,
  parseDate,
  parseMoment,
  rangeOfDates,
} from "./calendar/moment.ts";
import { localZone, namedZone } from "./calendar/zone.ts";
import { durationParts, formatClock, formatDuration } from "./durationStyle.ts";
import { formatGrains, type ReportFormat, toGrains } from "./rounding.ts";
import { parseDuration, parseTimeOfDay } from "./timeInput.ts";

const zone = namedZone("Europe/Amsterdam");
const explained = <T extends { readonly note?: string }>(cases: readonly T[]) =>
  cases.map((vector) => ({ ...vector, why: vector.note === undefined ? "" : `(${vector.note})` }));

describe("time input", () => {
  it.each(explained(vectors.clocks))("parseTimeOfDay_$text is $clock $why", ({ text, clock }) => {
    const time = parseTimeOfDay(text);
    expect(time === null ? null : [time.hours, time.minutes, time.seconds]).toEqual(clock);
  });

  it.each(explained(vectors.durations))("parseDuration_$text is $seconds $why", ({ text, seconds }) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it("parseDuration_what is shown with seconds_is read as it was", () => {
    const styles = fc.constantFrom("hms", "dhms", "colon");
    fc.assert(
      fc.property(fc.nat(10_000_000), styles, (seconds, style) => {
        expect(parseDuration(formatDuration(seconds, { style, seconds: true }))).toBe(seconds);
      }),
    );
  });

  it("parseTimeOfDay_any text_is refused or gives numbers", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789:.,; hmspad".split("")), maxLength: 10 });
    fc.assert(
      fc.property(text, (typed) => {
        const time = parseTimeOfDay(typed);
        const parts = time === null ? [] : [time.hours, time.minutes, time.seconds];
        expect(parts.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
        const duration = parseDuration(typed);
        expect(duration === null || (Number.isSafeInteger(duration) && duration >= 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("more than a calendar has", () => {
  const leant = (length: number): string => "9".repeat(length);
  it.each([
    ["twelve figures", leant(12)],
    ["twenty figures", leant(20)],
    ["400 figures", leant(400)],
    ["400 figures of hours", `${leant(400)}h`],
    ["400 figures of minutes", `1h${leant(400)}m`],
    ["twenty figures of days", `${leant(20)}d`],
  ])("parseDuration and parseTimeOfDay_%s_are refused", (_, text) => {
    expect(parseDuration(text)).toBeNull();
    expect(parseTimeOfDay(text)).toBeNull();
  });
  it.each([
    ["thirteen figures", leant(13)],
    ["400 figures", leant(400)],
    ["400 figures and a decimal", `${leant(400)}.5`],
    ["the year 10000", "253402300800"],
    ["the year 10000 of another zone", "9999-12-31T23:59:59-01:00"],
  ])("parseMoment_%s_is refused", (_, text) => expect(parseMoment(text, 0, zone)).toBeNull());
  it("parseMoment and parseDuration_the year 9999_is the last", () => {
    expect(parseMoment("9999-12-31T23:59:59Z", 0, zone)).toBe(253_402_300_799);
    expect(parseMoment("253402300799", 0, zone)).toBe(253_402_300_799);
    expect(parseDuration("253402300799s")).toBe(253_402_300_799);
    expect(parseTimeOfDay("253402300799s")).toEqual({ hours: 0, minutes: 0, seconds: 253_402_300_799 });
  });
  it.each([localZone, zone])("firstAfter_a start that a date cannot hold_throws in $name", (place) => {
    for (const start of [Number.NaN, Infinity, -Infinity, 1e13, 1e30])
      expect(() => firstAfter(start, { hours: 7, minutes: 0, seconds: 0 }, place)).toThrow(RangeError);
    expect(() => firstAfter(0, { hours: Infinity, minutes: 0, seconds: 0 }, place)).toThrow(RangeError);
  });
});

describe("moments", () => {
  it.each(vectors.moments)("parseMoment_$text is $moment", ({ text, moment }) => {
    const expected = typeof moment === "string" ? Date.parse(moment) / 1000 : moment;
    expect(parseMoment(text, 1_773_046_800.9, zone)).toBe(expected);
  });

  it.each(vectors.dates)("parseDate_$text in the order $order is $date", ({ text, order, date }) => {
    const parsed = parseDate(text, order as DateOrder);
    expect(parsed === null ? null : [parsed.year, parsed.month, parsed.day]).toEqual(date);
  });

  it.each(["0050-01-01", "0999-12-31"])("parseDate_%s_is refused, as its year is a slip", (text) => {
    expect(parseDate(text, "ymd")).toBeNull();
    expect(parseMoment(text, 0, zone)).toBeNull();
  });

  it("parseDate_the year 1000_is the first", () => {
    expect(parseDate("1000-01-01", "ymd")).toEqual({ year: 1000, month: 1, day: 1 });
  });

  it("firstAfter_a stop past midnight_is of the next day (L40)", () => {
    const start = Date.parse("2026-03-09T22:00:00Z") / 1000;
    expect(firstAfter(start, { hours: 2, minutes: 0, seconds: 0 }, zone)).toBe(start + 3 * 3600);
    expect(firstAfter(start, { hours: 23, minutes: 30, seconds: 0 }, zone)).toBe(start + 1800);
    expect(firstAfter(start, { hours: 23, minutes: 0, seconds: 0 }, zone)).toBe(start + 24 * 3600);
  });

  it.each([
    ["Europe/Amsterdam", "2026-10-25T02:30+02:00", [2, 15], "2026-10-25T02:15+01:00"],
    ["Europe/Amsterdam", "2026-10-25T02:30+02:00", [2, 45], "2026-10-25T02:45+02:00"],
    ["Europe/Amsterdam", "2026-10-25T02:30+01:00", [2, 15], "2026-10-26T02:15+01:00"],
    ["Europe/Amsterdam", "2026-10-24T23:00+02:00", [2, 15], "2026-10-25T02:15+02:00"],
    ["Europe/Amsterdam", "2026-03-28T23:00+01:00", [2, 15], "2026-03-29T03:15+02:00"],
    ["America/St_Johns", "2010-11-07T00:00:30-02:30", [23, 30], "2010-11-06T23:30-03:30"],
    ["Europe/Amsterdam", "2026-03-10T00:30+01:00", [25, 0], "2026-03-11T01:00+01:00"],
  ] as const)("firstAfter_in %s from %s, %j_is %s", (name, start, [hours, minutes], expected) => {
    const found = firstAfter(Date.parse(start) / 1000, { hours, minutes, seconds: 0 }, namedZone(name));
    expect(new Date(found * 1000)).toEqual(new Date(expected));
  });

  it("momentOn_an unchanged time in the hour shown twice_stays where it was (L43)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7200 }), (seconds) => {
        const time = Date.parse("2026-10-25T00:00:00Z") / 1000 + seconds;
        expect(momentOn(dateAt(time, zone), clockAt(time, zone), zone, zone.offsetAt(time))).toBe(time);
      }),
    );
  });

  it("rangeOfDates_either order_has both days whole", () => {
    const [saturday, sunday] = [
      { year: 2026, month: 3, day: 28 },
      { year: 2026, month: 3, day: 29 },
    ];
    const range = rangeOfDates(sunday, saturday, zone);
    expect(range).toEqual(rangeOfDates(saturday, sunday, zone));
    expect(range.from).toBe(Date.parse("2026-03-28T00:00:00+01:00") / 1000);
    expect((range.to - range.from) / 3600).toBe(47);
  });

  it("momentOn_hours above 23_are of the next day", () => {
    const date = { year: 2026, month: 3, day: 28 };
    const time = momentOn(date, { hours: 28, minutes: 15, seconds: 0 }, zone);
    expect(time).toBe(Date.parse("2026-03-29T04:15:00+02:00") / 1000);
  });
});

describe("durations", () => {
  it.each([
    [0, "0s", "0m00s", "0s", "0m00s", "0:00", "0:00:00"],
    [29, "29s", "0m29s", "29s", "0m29s", "0:00", "0:00:29"],
    [30, "30s", "0m30s", "30s", "0m30s", "0:01", "0:00:30"],
    [60, "1m", "1m00s", "1m", "1m00s", "0:01", "0:01:00"],
    [89, "1m", "1m29s", "1m", "1m29s", "0:01", "0:01:29"],
    [90, "2m", "1m30s", "2m", "1m30s", "0:02", "0:01:30"],
    [3599, "1h00m", "59m59s", "1h00m", "59m59s", "1:00", "0:59:59"],
    [5400, "1h30m", "1h30m00s", "1h30m", "1h30m00s", "1:30", "1:30:00"],
    [86399, "24h00m", "23h59m59s", "1d00h00m", "23h59m59s", "24:00", "23:59:59"],
    [90061, "25h01m", "25h01m01s", "1d01h01m", "1d01h01m01s", "25:01", "25:01:01"],
    [1000000, "277h47m", "277h46m40s", "11d13h47m", "11d13h46m40s", "277:47", "277:46:40"],
    [-90, "-2m", "-1m30s", "-2m", "-1m30s", "-0:02", "-0:01:30"],
  ] as const)("formatDuration_%d_as in every style", (seconds, ...texts) => {
    const formatted = (["hms", "dhms", "colon"] as const).flatMap((style) =>
      [false, true].map((withSeconds) => formatDuration(seconds, { style, seconds: withSeconds })),
    );
    expect(formatted).toEqual(texts);
  });

  it("formatDuration_a part of a second_is dropped once, before it is split (L66)", () => {
    expect(formatDuration(59.6, { seconds: true })).toBe("0m59s");
    expect(formatDuration(3599.9, { seconds: true })).toBe("59m59s");
    expect(formatClock(59.999)).toBe("0:00:59");
  });

  it("formatDuration_less than it shows_has no sign", () => {
    expect(formatDuration(-29, { style: "colon" })).toBe("0:00");
    expect(formatDuration(-0.5)).toBe("0s");
  });

  it.each([Number.NaN, Infinity, -Infinity])("formatDuration_%d_throws", (seconds) => {
    expect(() => formatDuration(seconds)).toThrow(RangeError);
    expect(() => formatClock(seconds)).toThrow(RangeError);
  });
  it("durationParts_any_has no part above 59 but the first", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.constantFrom("hms", "dhms", "colon"),
        fc.boolean(),
        (seconds, style, withSeconds) => {
          const { parts } = durationParts(seconds, { style, seconds: withSeconds });
          const limit = (unit: string): number => (unit === "h" ? 23 : 59);
          expect(parts.slice(1).every(({ figure, unit }) => Number(figure) <= limit(unit))).toBe(true);
        },
      ),
    );
  });
});

describe("report rounding", () => {
  // 09:00:00-10:00:29, 10:10:00-10:40:31, 23:00-02:00, 11:00:00-11:20:20, 11:00-12:00
  const durations = [3629, 1831, 10_800, 1220, 3600];
  it.each([
    ["hm", ["1:00", "0:31", "3:00", "0:20", "1:00"], "5:51"],
    ["h2", ["1.01", "0.51", "3.00", "0.34", "1.00"], "5.86"],
    ["hms", ["1:00:29", "0:30:31", "3:00:00", "0:20:20", "1:00:00"], "5:51:20"],
    ["h0", ["1", "1", "3", "0", "1"], "6"],
    ["h1", ["1.0", "0.5", "3.0", "0.3", "1.0"], "5.8"],
    ["h3", ["1.008", "0.509", "3.000", "0.339", "1.000"], "5.856"],
  ] as const)("a report in %s_shows rows and, as their sum, the total", (format, rows, total) => {
    const grains = durations.map((seconds) => toGrains(seconds, format));
    expect(grains.map((count) => formatGrains(count, format))).toEqual(rows);
    expect(
      formatGrains(
        grains.reduce((sum, count) => sum + count, 0),
        format,
      ),
    ).toBe(total);
  });

  it.each<[ReportFormat, string]>([
    ["h2", "-0.05"],
    ["hm", "-0:03"],
    ["hms", "-0:03:00"],
  ])("formatGrains_negative in %s_is %s", (format, text) => {
    expect(formatGrains(toGrains(-180, format), format)).toBe(text);
  });
});
