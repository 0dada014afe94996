import "fake-indexeddb/auto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { known } from "./known.ts";
import { type Plan, plan } from "./plan.ts";
import { Server } from "./server.ts";
import { Tally } from "./tally.ts";
import { World } from "./world.ts";

/** Histories by chance in an ordinary run; `TIMETAGGER_PROOF_SCALE` times as many in a full one. */
const HISTORIES = 6;
/** From this scale on a run has to have so many steps, and everything in it that there is. */
const FULL = 45;
const FULL_STEPS = 10_000;
const EXPECTED = [
  ...["edit", "sync", "undo", "redo", "undo and redo", "together", "kill", "kill server", "reload", "reset"],
  ...["empty", "take away", "open tab", "close tab", "hearing", "set clock", "refused", "notice", "firewall"],
  ...["disturb", "release", "go offline", "go online", "hide"],
]
  .map((does) => `step: ${does}`)
  .concat(
    [
      "401",
      "403",
      "429",
      "500",
      "503",
      "answer cut off",
      "answer late",
      "answer lost",
      "request late",
      "request lost",
    ].map((fault) => `fault: ${fault}`),
    ["conflicts lost", "conflicts in one second", "recoveries", "transactions cut off by a kill"],
    ["edits before all was read"],
    ["undo: done", "undo: nothing", "redo: done", "requests while offline"],
    ["refused, correct", "refused, discard", "refused, resend", "pushes answered 402", "pushes answered 413"],
  );

/** A failing history is made smaller for no longer than this. */
const SHRINKING_MS = 60_000;

const scale = Number(process.env.TIMETAGGER_PROOF_SCALE ?? "1");
/** `<seed>` or `<seed>/<path>` of a history that failed. */
const [seed, path] = (process.env.TIMETAGGER_SYNC_REPLAY ?? "").split("/");

let server: Server;
let histories = 0;

/** Lives through a history; throws with the step that went wrong. */
async function live(history: Plan, tally: Tally): Promise<void> {
  histories += 1;
  tally.count("histories");
  if (!server.isRunning) await server.startAgain();
  const token = await server.signIn(`ada-${histories}`);
  const world = new World({ server, token, tally }, history);
  vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
    world.request(new Headers(init.headers).get("authtoken") ?? "", url, init),
  );
  let place = "Opening";
  try {
    await world.open();
    for (const [i, step] of history.steps.entries()) {
      place = `Step ${i} (${JSON.stringify(step)})`;
      tally.count("steps");
      await world.step(step);
    }
    place = "The end";
    await world.end();
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    world.close();
    vi.unstubAllGlobals();
  }
}

describe("three browsers at the real server", () => {
  beforeAll(async () => {
    server = await Server.start();
  });

  afterAll(async () => {
    await server?.end();
  });

  it("sync_edits, clocks, faults, resets, reloads and kills by chance_all agree and nothing is lost", async () => {
    const tally = new Tally();
    const began = performance.now();
    let failedAt = Number.POSITIVE_INFINITY;
    const property = fc.asyncProperty(plan, async (history) => {
      // Enough shrinking: from now on every smaller history counts as sound.
      if (performance.now() > failedAt + SHRINKING_MS) return;
      try {
        await live(history, tally);
      } catch (error) {
        if (failedAt === Number.POSITIVE_INFINITY) process.stdout.write(`${error}\n`);
        failedAt = Math.min(failedAt, performance.now());
        throw error;
      }
    });
    const check = await fc.check(property, {
      examples: known,
      numRuns: path ? 1 : known.length + HISTORIES * scale,
      ...(seed ? { seed: Number(seed) } : {}),
      ...(path ? { path } : {}),
    });
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stdout.write(`Seed ${check.seed}, ${seconds} s. ${tally}\n`);
    if (!check.failed && scale >= FULL) {
      const missing = tally.missing(EXPECTED);
      if (missing.length > 0 || tally.of("steps") < FULL_STEPS)
        throw new Error(`Not proved: ${tally.of("steps")} steps, and never ${missing.join(", ")}`);
    }
    if (check.failed)
      throw new Error(
        `${check.errorInstance}\n${fc.defaultReportMessage(check)}\nAgain: TIMETAGGER_SYNC_REPLAY=${check.seed}/${check.counterexamplePath} npm run proof`,
      );
  });
});
