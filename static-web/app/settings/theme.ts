import { effect } from "@preact/signals";
import { readSetting } from "./catalogue.ts";
import type { DeviceSettings } from "./device.ts";

const THEMES = { 0: null, 1: "light", 2: "dark" } as const;

/** Shows the page light or dark, as this device has chosen, or else as the system prefers. */
export function followTheme(settings: DeviceSettings): void {
  const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"][media]')];
  const preferred = bars.map(({ media }) => media);
  effect(() => {
    const { darkmode } = settings.stored.value;
    const theme = THEMES[readSetting("darkmode", { device: darkmode, synced: undefined })];
    if (theme === null) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    bars.forEach((bar, i) => {
      const media = preferred[i] ?? "";
      // The browser colours its own bar by the first that applies.
      bar.media = theme === null ? media : media.includes(theme) ? "all" : "not all";
    });
  });
}
