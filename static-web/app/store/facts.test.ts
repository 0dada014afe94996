import { effect } from "@preact/signals";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comboIn } from "../domain/combo.ts";
import type { Range } from "../domain/day.ts";
import { isHidden, isRunning, orderedTimes, type TimeRecord } from "../domain/record.ts";
import { Facts } from "./facts.ts";
import { History } from "./history.ts";
import { MemoryStore } from "./memoryStore.ts";
import { type AppStore, idOf } from "./store.ts";
import { accepts, parts, put, receive, record, updates } from "./testParts.ts";

const SPAN = 1_000_000;
const NOW = 600_000;
const RANGES: readonly Range[] = [
  { from: 0, to: SPAN },
  { from: 100_000, to: 400_000 },
  { from: 590_000, to: 610_000 },
  { from: 700_000, to: 800_000 },
];
const EDGES = [0, 50_000, 300_000, 599_999, 600_001, SPAN];

/** All answers, by going through all records. */
function fromScratch(store: AppStore) {
  const visible = [...store.records.values()].filter(({ ds }) => !isHidden(ds));
  const secondsOf = (one: TimeRecord, { from, to }: Range): number => {
    const { t1, t2 } = orderedTimes(one.t1, one.t2);
    return Math.min(isRunning(one) ? NOW : t2, to) - Math.max(t1, from);
  };
  const totals = (range: Range): object => {
    const found: Record<string, number> = {};
    for (const one of visible) {
      const combo = comboIn(one.ds);
      const seconds = secondsOf(one, range);
      if (seconds > 0) found[combo] = (found[combo] ?? 0) + seconds;
    }
    return found;
  };
  const newestFirst = (a: TimeRecord, b: TimeRecord): number => b.t1 - a.t1 || (a.key < b.key ? -1 : 1);
  return {
    running: visible.filter(isRunning).sort(newestFirst),
    within: RANGES.map((range) =>
      visible
        .filter((one) => {
          const { t1, t2 } = orderedTimes(one.t1, one.t2);
          return t1 < range.to && (isRunning(one) ? NOW : t2) > range.from;
        })
        .sort(newestFirst),
    ),
    totals: RANGES.map(totals),
    bins: EDGES.slice(1).map((to, i) => totals({ from: EDGES[i] ?? 0, to })),
  };
}

const answers = (facts: Facts) => ({
  running: facts.running(),
  within: RANGES.map((range) => facts.within(range, NOW)),
  totals: RANGES.map((range) => Object.fromEntries(facts.totals(range, NOW))),
  bins: facts.bins(EDGES, NOW).map((bin) => Object.fromEntries(bin)),
});

const keys = fc.constantFrom(..."abcdef");
const records = fc
  .record({
    key: keys,
    t1: fc.integer({ min: 0, max: SPAN }),
    length: fc.constantFrom(0, 1, 3600, 200_000, -500),
    ds: fc.constantFrom("", "#a", "#b #a", "HIDDEN #a"),
  })
  .map(({ key, t1, length, ds }) => record({ key, t1, t2: Math.max(0, t1 + length), ds }));

type World = Awaited<ReturnType<typeof opened>>;

/** A store, another tab of the same browser that hears of its changes, and a server. */
async function opened() {
  const all = await parts();
  const other = await all.reopened();
  return {
    ...all,
    other,
    history: new History<string>(all.store),
    st: { value: 100 },
    facts: new Facts(all.store),
  };
}

type Step = (world: World) => Promise<unknown>;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.array(records, { minLength: 1, maxLength: 4 }).map(
    (list): Step =>
      ({ history }) =>
        history.change("edit", { records: list.map((item) => ({ key: item.key, change: () => item })) }),
  ),
  fc.tuple(fc.array(records, { maxLength: 4 }), fc.boolean()).map(
    ([list, reset]): Step =>
      ({ store, st }) => {
        const items = list.map((item, i) => ({ ...item, mt: 5000, st: st.value + i }));
        st.value += list.length;
        return receive(store, updates({ serverTime: st.value, reset, records: items }));
      },
  ),
  fc.boolean().map(
    (isRefused): Step =>
      async ({ store }) => {
        const pushed = store.outgoing("records");
        const refused = new Map(pushed.map(({ key }) => [key, "no"]));
        const answer = isRefused
          ? { accepted: new Set<string>(), failed: refused }
          : accepts(JSON.stringify(pushed));
        await store.settle("records", pushed, answer);
      },
  ),
  keys.map(
    (key): Step =>
      ({ store }) =>
        store.discard([...store.outbox.value.values()].filter((entry) => entry.key === key)),
  ),
  fc.constant<Step>(({ history }) => history.undo()),
  fc.tuple(records, fc.boolean()).map(
    ([item, isNamed]): Step =>
      async ({ store, other, announced }) => {
        await other.catchUp();
        await put(other, item);
        const revision = announced.length;
        if (!isNamed) return store.catchUp();
        return store.follow({
          database: store.id,
          revision,
          items: [{ kind: "records", key: item.key }],
          isEdit: true,
        });
      },
  ),
);

describe("Facts", () => {
  it("all answers_any sequence of edits, pulls, resets, refusals and reloads_are those from scratch", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(steps, fc.boolean()), { minLength: 1, maxLength: 12 }),
        async (sequence) => {
          const world = await opened();
          for (const [step, isAsked] of sequence) {
            await step(world);
            world.clock.now += 1;
            if (isAsked) expect(answers(world.facts)).toEqual(fromScratch(world.store));
          }
          expect(answers(world.facts)).toEqual(fromScratch(world.store));
          expect(answers(new Facts(world.store))).toEqual(fromScratch(world.store));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("totals_a new record that was refused is discarded_has it no more", async () => {
    const { store } = await parts();
    const facts = new Facts(store);
    await put(store, record({ key: "a", t1: 0, t2: 100, ds: "#a" }));
    expect(facts.totals({ from: 0, to: 100 }, 0).get("#a")).toBe(100);
    await store.settle("records", store.outgoing("records"), {
      accepted: new Set(),
      failed: new Map([["a", "no"]]),
    });
    await store.discard([...store.outbox.value.values()]);
    expect(store.outbox.value.has(idOf({ kind: "records", key: "a" }))).toBe(false);
    expect(facts.totals({ from: 0, to: 100 }, 0).size).toBe(0);
    expect(facts.within({ from: 0, to: 100 }, 0)).toEqual([]);
  });

  it("totals_asked in a signal_is told of every change", async () => {
    const store = new MemoryStore(() => 0);
    const facts = new Facts(store);
    const seen: unknown[] = [];
    effect(() => void seen.push(facts.totals({ from: 0, to: 100 }, 0).get("#a")));
    store.add([record({ t1: 0, t2: 40, ds: "#a" })]);
    await put(store, record({ t1: 0, t2: 50, ds: "#a" }));
    expect(seen).toEqual([undefined, 40, 50]);
  });

  it("within_a record that cannot be taken in_throws, and those after it are not forgotten", () => {
    const store = new MemoryStore(() => 0);
    const facts = new Facts(store);
    const range = { from: 0, to: 100 };
    expect(facts.within(range, 0)).toEqual([]);
    const later = record({ key: "b" });
    store.add([record({ key: "a", t2: Number.NaN }), later]);
    expect(() => facts.within(range, 0)).toThrow(RangeError);
    store.records.delete("a");
    store.changes.note(["a"]);
    expect(facts.within(range, 0)).toEqual([later]);
  });
});

describe("the cost of an edit among 50,000 records", () => {
  const HOUR = 3600;
  const many = Array.from({ length: 50_000 }, (_, i) =>
    record({ key: `r${i}`, st: 1, t1: i * HOUR, t2: i * HOUR + 1800, ds: `#t${i % 100}` }),
  );
  const all = { from: 0, to: 50_000 * HOUR };
  const lastDay = { from: 49_976 * HOUR, to: all.to };

  it("within and totals_after one edit_follow by that one, and its confirmation costs no statistics", async () => {
    const { store } = await parts();
    await receive(store, updates({ records: many }));
    const facts = new Facts(store);
    facts.within(lastDay, 0);
    facts.totals(all, 0);
    const costOf = async (work: () => Promise<unknown>) => {
      await work();
      const [buckets, before] = [facts.cost.buckets, facts.cost];
      facts.within(lastDay, 0);
      facts.totals(lastDay, 0);
      expect(facts.cost.buckets - buckets).toBeLessThanOrEqual(4);
      return { records: facts.cost.records - before.records, moments: facts.cost.moments - before.moments };
    };
    const asking = await costOf(async () => undefined);
    const edited = await costOf(() =>
      put(store, record({ key: "r49999", t1: 49_999 * HOUR, t2: all.to, ds: "#t99" })),
    );
    expect(facts.totals(lastDay, 0).get("#t99")).toBe(3600);
    expect(edited.records).toBeLessThan(100);
    expect(edited.moments - asking.moments).toBeGreaterThan(0);
    expect(edited.moments - asking.moments).toBeLessThan(60);
    const askingAgain = await costOf(async () => undefined);
    const confirmed = await costOf(() => {
      const pushed = store.outgoing("records");
      return store.settle("records", pushed, accepts(JSON.stringify(pushed)));
    });
    expect(confirmed.moments).toBe(askingAgain.moments);
  });

  it("running and within_nobody asks for totals_cost no statistics", () => {
    const store = new MemoryStore(() => 0);
    const facts = new Facts(store);
    store.add(many);
    facts.running();
    facts.within(lastDay, 0);
    expect(facts.cost.moments).toBe(0);
  });
});
