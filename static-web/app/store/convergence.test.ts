import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { LocalStore } from "./localStore.ts";
import type { Remote } from "./remote.ts";
import { KINDS } from "./store.ts";
import { Sync } from "./sync.ts";
import { quietHost } from "./testHost.ts";
import { newDatabase, put, record } from "./testParts.ts";
import { TestServer } from "./testServer.ts";

/** Ends what awaits it for ever, as the end of a page does. */
const killed = new Promise<never>(() => undefined);

/** A browser profile: what remains when the page is killed. */
class Profile {
  readonly name = newDatabase();
  readonly clock: { now: number };
  readonly server: TestServer;

  constructor(server: TestServer, clock: { now: number }) {
    this.server = server;
    this.clock = clock;
  }

  async open(remote: Remote = this.server) {
    const store = await LocalStore.load(await openDatabase(this.name), {
      now: () => this.clock.now,
      announce: () => undefined,
    });
    const sync = new Sync(
      store,
      remote,
      quietHost(() => this.clock.now),
    );
    sync.lead();
    return { store, sync };
  }
}

/** A remote that dies with the page at the n-th of its steps: before the request arrives, or before the answer does. */
function dyingAt(server: TestServer, at: number): { readonly remote: Remote; readonly dead: Promise<void> } {
  let step = 0;
  let die = (): void => undefined;
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  const live = async (): Promise<void> => {
    if (step++ !== at) return;
    die();
    await killed;
  };
  const around = async <T>(request: () => Promise<T>): Promise<T> => {
    await live();
    const answer = await request();
    await live();
    return answer;
  };
  const remote: Remote = {
    push: (kind, body) => around(() => server.push(kind, body)),
    pull: (since) => around(() => server.pull(since)),
  };
  return { remote, dead };
}

describe("a killed page", () => {
  it.each([0, 1, 2, 3])("sync_killed at step %d of push and pull_nothing is lost", async (at) => {
    const server = new TestServer();
    const profile = new Profile(server, { now: 1000 });
    const { remote, dead } = dyingAt(server, at);
    const first = await profile.open(remote);
    await put(first.store, record({ ds: "mine" }));
    void first.sync.run();
    await dead;
    const { store, sync } = await profile.open();
    expect(store.records.get("a")?.ds).toBe("mine");
    await sync.run();
    expect(server.items.records.get("a")).toMatchObject({ ds: "mine", mt: 1000 });
    expect(store.outbox.value.size).toBe(0);
  });
});

type Step =
  | { readonly does: "edit"; readonly who: number; readonly key: string; readonly ds: string }
  | { readonly does: "sync" | "kill"; readonly who: number; readonly at: number }
  | { readonly does: "tick"; readonly who: number; readonly seconds: number }
  | { readonly does: "reset" };

const who = fc.nat({ max: 1 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("edit" as const),
      who,
      key: fc.constantFrom("a", "b"),
      ds: fc.string({ maxLength: 2 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constantFrom("sync" as const, "kill" as const),
      who,
      at: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("tick" as const),
      who,
      seconds: fc.integer({ min: -50, max: 50 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("reset" as const) }) },
);

describe("two browsers", () => {
  it("sync_any edits, kills, clocks and resets_all agree in the end, and the copy is the database", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (plan) => {
        const server = new TestServer();
        const profiles = [new Profile(server, { now: 1000 }), new Profile(server, { now: 3000 })];
        const pages = await Promise.all(profiles.map((profile) => profile.open()));
        for (const step of plan) {
          if (step.does === "reset") {
            server.reset(2000);
            continue;
          }
          const [profile, page] = [profiles[step.who], pages[step.who]];
          if (profile === undefined || page === undefined) throw new Error("There are two.");
          if (step.does === "tick") profile.clock.now += step.seconds;
          else if (step.does === "edit") {
            await put(page.store, record({ key: step.key, ds: step.ds }));
            expect(page.store.records.get(step.key)?.ds).toBe(step.ds);
          } else if (step.does === "sync") await page.sync.run();
          else {
            const { remote, dead } = dyingAt(server, step.at);
            const dying = await profile.open(remote);
            await Promise.race([dead, dying.sync.run()]);
            pages[step.who] = await profile.open();
          }
          const now = pages[step.who]?.store;
          const again = (await profile.open()).store;
          expect([now?.records, now?.outbox.value]).toEqual([again.records, again.outbox.value]);
        }
        for (let round = 0; round < 3; round++) for (const { sync } of pages) await sync.run();
        const contents = pages.map(({ store }) =>
          KINDS.map((kind) =>
            [...store[kind].values()]
              .map(({ st: _, ...item }) => item)
              .sort((a, b) => (a.key < b.key ? -1 : 1)),
          ),
        );
        expect(contents).toEqual([server.content(), server.content()]);
        // What the server could not take is still there, with the reason.
        for (const { store } of pages)
          for (const entry of store.outbox.value.values()) expect(entry.refused).toContain("reset");
      }),
      { numRuns: 40 },
    );
  });
});
