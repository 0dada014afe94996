import { effect } from "@preact/signals";
import { writeAs } from "../i18n/format.ts";
import type { Settings } from "./settings.ts";

/** Lets dates, times and durations be written as the person has chosen, from now on. */
export function followWays(settings: Settings): void {
  effect(() =>
    writeAs({
      date: settings.get("date_repr"),
      time: settings.get("time_repr"),
      duration: settings.get("duration_repr"),
    }),
  );
}
