import type { Plan } from "./plan.ts";

const quiet = {
  skews: [0, 0, 0],
  twoTabs: [false, false, false],
} satisfies Omit<Plan, "steps">;

/** Histories that found a defect once, and that chance would not find every time. */
export const known: [Plan][] = [
  // The answer to a pull reached a database that was made anew since the question.
  [
    {
      ...quiet,
      steps: [
        { does: "edit", who: 0, tab: 0, edits: [{ item: 0, how: "text" }] },
        { does: "sync", who: 0, tab: 0, isAsked: true },
        { does: "sync", who: 1, tab: 0, isAsked: true },
        { does: "take away", who: 1, isSyncing: true, fuse: null },
        { does: "release", who: 1 },
      ],
    },
  ],
  // A tab that had missed the edit of another remembered the outbox without it; then the database was emptied.
  [
    {
      ...quiet,
      twoTabs: [true, false, false],
      steps: [
        { does: "hearing", who: 0, tab: 0, hearing: "never" },
        { does: "edit", who: 0, tab: 1, edits: [{ item: 0, how: "text" }] },
        { does: "close tab", who: 0 },
        { does: "edit", who: 0, tab: 0, edits: [{ item: 1, how: "text" }] },
        { does: "empty", who: 0, fuse: { at: 90, ticks: 0 } },
      ],
    },
  ],
  // The page was killed while it put what waited into the database that had been made anew.
  ...[0, 1, 2, 3].map((at): [Plan] => [
    {
      ...quiet,
      steps: [
        { does: "go offline", who: 0 },
        { does: "edit", who: 0, tab: 0, edits: [{ item: 0, how: "text" }] },
        { does: "take away", who: 0, isSyncing: false, fuse: { at, ticks: 0 } },
      ],
    },
  ]),
];
