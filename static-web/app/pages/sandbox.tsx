import { clock } from "../clock/clock.ts";
import { openPage } from "../shell/page.tsx";
import { showTrial } from "../shell/Trial.tsx";
import { MemoryStore } from "../store/memoryStore.ts";

void openPage({ title: "trial.caption.sandbox", show: () => showTrial("sandbox", new MemoryStore(clock)) });
