import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Turn } from "../actions/turn.ts";
import { Dialogs } from "../dialogs/dialogs.ts";
import { dayAround, type Range } from "../domain/day.ts";
import type { TimeRecord } from "../domain/record.ts";
import type { PlainMessageKey } from "../i18n/t.ts";
import { SuggestionSources } from "../record/sources.ts";
import type { DeviceSettings } from "../settings/device.ts";
import { customDayOf, Settings } from "../settings/settings.ts";
import { Facts } from "../store/facts.ts";
import { History } from "../store/history.ts";
import type { Health } from "../store/localStore.ts";
import type { Recovery } from "../store/recovery.ts";
import type { AppSync } from "../store/status.ts";
import type { AppStore } from "../store/store.ts";

/** Why an action did not do what it was asked for. */
export interface Notice {
  readonly text: string;
}

/** What the app's parts and actions share. */
export interface AppContext {
  readonly store: AppStore;
  readonly sync: AppSync;
  /** What the person has chosen. */
  readonly settings: Settings;
  /** What is known about all records. */
  readonly facts: Facts;
  /** Makes edits that can be undone, each step under the label of its action. */
  readonly history: History<PlainMessageKey>;
  /** Whether the data can be kept in this browser, and what became of it. */
  readonly keeping: Keeping;
  /** The current time, in whole unix seconds, as a fact at the moment of the call. */
  readonly clock: () => number;
  /** The same, as the screen shows it: it ticks every second while the page is visible. */
  readonly now: ReadonlySignal<number>;
  /** Who may act: one action at a time. */
  readonly turn: Turn;
  /** The dialogs that are open. */
  readonly dialogs: Dialogs;
  /** What suggestions are made from. */
  readonly sources: SuggestionSources;
  /** Asks when the app was last used before the present visit, in unix seconds; null where that is not known. */
  readonly lastActivity: () => number | null;
  /** What the person should know about their last action, or null. */
  readonly notice: Signal<Notice | null>;
  /** What the last action did, in words for those who do not see it. */
  readonly announcement: Signal<string>;
  /** The visible running records, newest first. */
  readonly running: ReadonlySignal<readonly TimeRecord[]>;
  /** The day as the person divides time. */
  readonly day: ReadonlySignal<Range>;
  /** The visible records of the day, newest first. */
  readonly today: ReadonlySignal<readonly TimeRecord[]>;
}

/** How the browser keeps the data. */
export interface Keeping {
  readonly health: ReadonlySignal<Health>;
  /** What was lost and found again, until the person has read it. */
  readonly recovery: Signal<Recovery | null>;
  /** Whether it is not kept beyond the page, and nobody is signed in: in the demo and in the sandbox. */
  readonly isTrial?: boolean;
}

/** Where the app's times come from. */
export interface Clocks {
  readonly clock: () => number;
  readonly now: ReadonlySignal<number>;
  /** Milliseconds since some moment, which never go back. */
  readonly milliseconds: () => number;
  /** When the app was last used before the present visit. */
  readonly lastActivity?: () => number | null;
}

/** Builds the context over a loaded store. */
export function createContext(
  store: AppStore,
  sync: AppSync,
  device: DeviceSettings,
  clocks: Clocks,
  keeping: Keeping = { health: signal("open"), recovery: signal(null) },
): AppContext {
  const { clock, now, milliseconds, lastActivity = () => null } = clocks;
  const settings = new Settings(store, device);
  const facts = new Facts(store);
  const custom = computed(() => customDayOf(settings));
  const from = computed(() => dayAround(now.value, custom.value).from);
  const day = computed(() => dayAround(from.value, custom.value));
  return {
    store,
    sync,
    settings,
    facts,
    history: new History(store, {
      absent: (chosen) => settings.absent(chosen),
      isReadOnly: () => sync.report.value.isReadOnly,
      running: () => facts.running(),
    }),
    keeping,
    clock,
    now,
    turn: new Turn(milliseconds),
    dialogs: new Dialogs(),
    sources: new SuggestionSources(store, clock),
    lastActivity,
    notice: signal(null),
    announcement: signal(""),
    running: computed(() => facts.running()),
    day,
    // What runs has no end yet, whenever this is asked.
    today: computed(() => facts.within(day.value, Number.POSITIVE_INFINITY)),
  };
}
