import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["proofs/**/*.proof.ts"],
    setupFiles: ["app/i18n/testSetup.ts"],
    // Its own process, so that what it started ends with it, and as long as its size says.
    pool: "forks",
    testTimeout: 0,
    hookTimeout: 120_000,
    env: { TZ: "Europe/Amsterdam" },
  },
});
