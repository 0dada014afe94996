import { describe, expect, it } from "vitest";
import { cleanDescription } from "../domain/description.ts";
import type { TimeRecord } from "../domain/record.ts";
import { parseDescription } from "../domain/tags.ts";
import { demoSettings, demoYear, YEARS_BEFORE } from "./generate.ts";

const at = (year: number, month: number, day: number, hour = 0): number =>
  new Date(year, month - 1, day, hour).getTime() / 1000;

/** A Wednesday. */
const NOW = at(2026, 11, 18, 13);
const SEED = 7;
const years = Array.from({ length: YEARS_BEFORE + 1 }, (_, i) => 2026 - i);
const all = years.flatMap((year) => demoYear(SEED, year, NOW));
const past = all.filter((record) => record.t1 < at(2026, 11, 18));
const today = all.filter((record) => record.t1 >= at(2026, 11, 18));

const days = new Map<string, TimeRecord[]>();
for (const record of past) {
  const day = new Date(record.t1 * 1000).toDateString();
  days.set(day, [...(days.get(day) ?? []), record]);
}

describe("demoYear", () => {
  it("demoYear_same seed and moment_is the same, another seed is not", () => {
    expect(demoYear(SEED, 2025, NOW)).toEqual(demoYear(SEED, 2025, NOW));
    expect(demoYear(SEED + 1, 2025, NOW)).not.toEqual(demoYear(SEED, 2025, NOW));
  });

  it("demoYear_a day later_has the same past", () => {
    const isPast = (record: TimeRecord): boolean => record.t1 < at(2026, 11, 18);
    expect(demoYear(SEED, 2026, NOW + 86_400).filter(isPast)).toEqual(
      demoYear(SEED, 2026, NOW).filter(isPast),
    );
  });

  it("demoYear_six years_are thousands of records, in each of them, with keys of their own", () => {
    expect(all.length).toBeGreaterThan(5000);
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    expect(new Set(all.map(({ t1 }) => new Date(t1 * 1000).getFullYear()))).toEqual(new Set(years));
  });

  it("demoYear_past days_are weekdays, all of them, from eight on, with three to eight records", () => {
    let weekdays = 0;
    for (let day = at(2021, 1, 1, 12); day < at(2026, 11, 18); day += 86_400)
      weekdays += new Date(day * 1000).getDay() % 6 === 0 ? 0 : 1;
    expect(days.size).toBe(weekdays);
    for (const records of days.values()) {
      expect(records.length).toBeGreaterThanOrEqual(3);
      expect(records.length).toBeLessThanOrEqual(8);
      const first = new Date((records[0]?.t1 ?? 0) * 1000);
      expect([0, 1, 2, 3, 4].includes(first.getDay() - 1) && first.getHours() === 8).toBe(true);
      expect(first.getMinutes()).toBeLessThanOrEqual(20);
    }
  });

  it("demoYear_past records_last one to three hours, with pauses of 0, 10 or 20 minutes", () => {
    const lengths = past.map(({ t1, t2 }) => (t2 - t1) / 60);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([60, 179]);
    const pauses = [...days.values()].flatMap((records) =>
      records.slice(1).map(({ t1 }, i) => (t1 - (records[i]?.t2 ?? 0)) / 60),
    );
    expect([...new Set(pauses)].sort((a, b) => a - b)).toEqual([0, 10, 20]);
  });

  it("demoYear_evening_is free", () => {
    const ends = past
      .map(({ t2 }) => new Date(t2 * 1000))
      .map((end) => end.getHours() * 60 + end.getMinutes());
    expect(Math.max(...ends)).toBeLessThanOrEqual(20 * 60);
  });

  it("demoYear_a month_has one kind of overhead and at most two clients", () => {
    const tagsOf = (records: readonly TimeRecord[]): ReadonlySet<string> =>
      new Set(records.flatMap(({ ds }) => parseDescription(ds).tags));
    for (let month = 1; month <= 12; month++) {
      const tags = tagsOf(past.filter(({ t1 }) => t1 >= at(2025, month, 1) && t1 < at(2025, month + 1, 1)));
      const among = (...some: string[]): number => some.filter((tag) => tags.has(tag)).length;
      expect(among("#office", "#studio")).toBe(1);
      expect([1, 2]).toContain(among("#harbour", "#orchard", "#museum", "#lighthouse"));
    }
  });

  it("demoYear_descriptions_are as a person's are stored, with one to three tags", () => {
    for (const { ds } of all) expect(cleanDescription(ds)).toBe(ds);
    const counts = new Set(past.map(({ ds }) => parseDescription(ds).tags.length));
    expect([...counts].sort()).toEqual([1, 2, 3]);
  });

  it("demoYear_today_has the fixed records that have ended", () => {
    const times = today.map(({ t1, t2 }) => [new Date(t1 * 1000), new Date(t2 * 1000)]);
    expect(times.map((span) => span.map((time) => time.toTimeString().slice(0, 5)))).toEqual([
      ["08:51", "09:34"],
      ["09:34", "10:47"],
      ["11:02", "12:18"],
    ]);
    const evening = demoYear(SEED, 2026, at(2026, 11, 18, 20));
    expect(evening.filter(({ t1 }) => t1 >= at(2026, 11, 18))).toHaveLength(6);
  });

  it("demoYear_today is a Sunday_has the fixed records too", () => {
    const sunday = demoYear(SEED, 2026, at(2026, 11, 22, 20));
    expect(sunday.filter(({ t1 }) => t1 >= at(2026, 11, 22))).toHaveLength(6);
  });

  it("demoYear_years to come_are empty", () => expect(demoYear(SEED, 2027, NOW)).toEqual([]));

  it("demoYear_records_count as confirmed by the server", () => {
    expect(all.every(({ st, t1, t2 }) => st > 0 && t1 < t2 && t2 <= NOW)).toBe(true);
  });
});

describe("demoSettings", () => {
  it("demoSettings_three tags_have colours", () => {
    expect(demoSettings(NOW).map(({ key }) => key)).toEqual([
      "taginfo #harbour",
      "taginfo #orchard",
      "taginfo #museum",
    ]);
  });
});
