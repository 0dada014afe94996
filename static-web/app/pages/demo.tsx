import { clock } from "../clock/clock.ts";
import { openPage } from "../shell/page.tsx";
import { showTrial } from "../shell/Trial.tsx";
import { MemoryStore } from "../store/memoryStore.ts";

const SEED = 2026;

/** Lets the page draw and answer before the next piece of work. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function show(): Promise<void> {
  const { demoSettings, demoYear, YEARS_BEFORE } = await import("../demo/generate.ts");
  const store = new MemoryStore(clock);
  const now = clock();
  const thisYear = new Date(now * 1000).getFullYear();
  store.add(demoYear(SEED, thisYear, now), demoSettings(now));
  showTrial("demo", store);
  for (let year = thisYear - 1; year >= thisYear - YEARS_BEFORE; year--) {
    await breathe();
    store.add(demoYear(SEED, year, now));
  }
}

void openPage({ title: "trial.caption.demo", show });
