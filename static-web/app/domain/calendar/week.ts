import type { Calendar } from "./steps.ts";
import { wallAt } from "./zone.ts";

/** A week by its number, and the year that numbers it: at New Year that is not always the year of the date. */
export interface Week {
  readonly year: number;
  readonly week: number;
}

const DAY = 86_400;

/**
 * The week that a moment lies in. Weeks that begin on Monday are numbered by ISO 8601: week 1 has the year's first
 * Thursday. Others are numbered as in America and the Arab world: week 1 has 1 January.
 */
export function weekOf(time: number, { zone, weekStart }: Calendar): Week {
  const day = Math.floor(wallAt(time, zone) / DAY);
  const weekday = (new Date(day * DAY * 1000).getUTCDay() - weekStart + 7) % 7;
  // The day whose year is the week's.
  const deciding = day - weekday + (weekStart === 1 ? 3 : 6);
  const year = new Date(deciding * DAY * 1000).getUTCFullYear();
  const ofYear = deciding - Date.UTC(year, 0, 1) / 1000 / DAY;
  return { year, week: Math.floor(ofYear / 7) + 1 };
}
