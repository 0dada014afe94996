import { defineConfig } from "vitest/config";

export default defineConfig({
  // A zone with summer time, so that a day's length is tested on every machine.
  test: { include: ["app/**/*.test.ts", "styles/**/*.test.ts"], env: { TZ: "Europe/Amsterdam" } },
});
