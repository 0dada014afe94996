import fc from "fast-check";
import { FAULTS } from "./network.ts";

/** One edit: which of the few items, and what is done to it. Few items and many edits make many conflicts. */
const edit = fc.record({
  item: fc.nat({ max: 4 }),
  how: fc.constantFrom(
    ...(["text", "text", "times", "stop", "delete", "restore", "setting"] as const),
    ...(["too long", "poison"] as const),
  ),
});
export type PlannedEdit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

const who = fc.nat({ max: 2 });
const tab = fc.nat({ max: 1 });
const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
/** An edit has three moments to be killed at, a sync a dozen and more. */
const fuse = fc.record({
  at: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 7 }), fc.nat({ max: 15 })),
  ticks: fc.constantFrom(0, 0, 1, 2, 3, 5),
});
const does = <Name extends string>(name: Name): fc.Arbitrary<Name> => fc.constant(name);

const makesEdits = fc.record({ does: does("edit"), who, tab, edits });
const syncs = fc.record({ does: does("sync"), who, tab, isAsked: fc.boolean() });
const hides = fc.record({ does: does("hide"), who, tab });
const undoes = fc.record({ does: fc.constantFrom("undo", "redo", "undo and redo"), who, tab });

/** What a tab does; several do so at the same moment. */
const act = fc.oneof(
  { weight: 4, arbitrary: makesEdits },
  { weight: 4, arbitrary: syncs },
  { weight: 1, arbitrary: hides },
  { weight: 1, arbitrary: undoes },
);
export type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const MINUTE = 60;
const DAY = 86_400;
const skew = fc.oneof(
  fc.constantFrom(0, 0, 1, -1),
  fc.integer({ min: -10 * MINUTE, max: 10 * MINUTE }),
  fc.integer({ min: -DAY, max: DAY }),
);

const step = fc.oneof(
  { weight: 54, arbitrary: act },
  {
    weight: 9,
    arbitrary: fc.record({ does: does("together"), acts: fc.array(act, { minLength: 2, maxLength: 5 }) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      does: does("kill"),
      who,
      tab,
      fuse,
      during: fc.array(fc.oneof(edits, does("sync")), { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: does("reload"), who, tab }) },
  {
    weight: 12,
    arbitrary: fc.record({
      does: does("disturb"),
      who,
      faults: fc.array(fc.constantFrom(...FAULTS, "answer late", "answer late", "request late"), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom("go offline", "go online"), who }) },
  { weight: 6, arbitrary: fc.record({ does: does("release"), who }) },
  { weight: 3, arbitrary: fc.record({ does: does("firewall"), who, isAwake: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: does("notice"), who, notice: fc.constantFrom("readonly", "news", null) }),
  },
  { weight: 3, arbitrary: fc.record({ does: does("set clock"), who, skew }) },
  { weight: 3, arbitrary: fc.record({ does: does("reset") }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: does("refused"),
      who,
      tab,
      response: fc.constantFrom("resend", "discard", "correct"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: does("empty"), who, fuse }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: does("take away"), who, isSyncing: fc.boolean(), fuse: fc.option(fuse) }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("open tab", "open tab", "close tab"), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: does("hearing"),
      who,
      tab,
      hearing: fc.constantFrom("at once", "late", "never"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: does("kill server"),
      after: fc.nat({ max: 4 }),
      ms: fc.nat({ max: 4 }),
      syncs: fc.array(syncs, { minLength: 1, maxLength: 3 }),
    }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The longest history. */
export const MOST_STEPS = 80;

/** A history: three browsers, and what happens to them. Without bias, which prefers short ones and the first browser. */
export const plan = fc.noBias(
  fc.record({
    skews: fc.tuple(skew, skew, skew),
    /** Whether a browser has two tabs from the beginning. */
    twoTabs: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    steps: fc.array(step, { minLength: 1, maxLength: MOST_STEPS, size: "max" }),
  }),
);
export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;
