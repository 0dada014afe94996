import { defineConfig } from "vitest/config";
import { iconsInTests } from "./build/icons.mjs";

export default defineConfig({
  plugins: [iconsInTests],
  test: {
    include: ["app/**/*.test.ts", "styles/**/*.test.ts", "worker/**/*.test.ts"],
    setupFiles: ["app/i18n/testSetup.ts"],
    // A zone with summer time, so that a day's length is tested on every machine.
    env: { TZ: "Europe/Amsterdam" },
    // Only to end what hangs: a busy machine is no failure.
    testTimeout: 60_000,
  },
});
