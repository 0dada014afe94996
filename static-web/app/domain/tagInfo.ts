import { parseColour } from "./colour.ts";
import { UNTAGGED } from "./combo.ts";
import type { Json } from "./record.ts";

/** The periods for which a person sets a target, shortest first. */
export const PERIODS = ["day", "week", "month", "year"] as const;

/** One of these. */
export type Period = (typeof PERIODS)[number];

/** What a person settled about a tag or a combo. */
export interface TagInfo {
  /** `#rrggbb`, or null while the tag has the colour that its name gives it. */
  readonly colour: string | null;
  /** Secondary tags come after the others and can be left out of reports. */
  readonly isSecondary: boolean;
  /** Hours for each period that has a target. */
  readonly targets: Readonly<Partial<Record<Period, number>>>;
}

/** Reads the value of a setting by its key. */
export type Settings = (key: string) => Json | undefined;

type JsonObject = { readonly [name: string]: Json };

/** The setting that holds what is settled about a tag or a combo. */
export const tagInfoKey = (combo: string): string => `taginfo ${combo}`;

const asObject = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const isHours = (value: Json | undefined): value is number =>
  typeof value === "number" && Number.isFinite(value) && value > 0;

function readTargets(value: Json | undefined): TagInfo["targets"] {
  const stored = asObject(value);
  return Object.fromEntries(
    PERIODS.map((period) => [period, stored[period]]).filter(([, hours]) => isHours(hours as Json)),
  );
}

/** The target that older clients kept for a combo, among all others in one setting. */
function readOldTarget(settings: Settings, combo: string): TagInfo["targets"] {
  const { period, hours } = asObject(asObject(settings("tag_targets"))[combo]);
  return typeof period === "string" ? readTargets({ [period]: hours ?? null }) : {};
}

/**
 * What is settled about a tag or a combo. Where the setting does not say, those of older clients do; what cannot be
 * understood counts as not said.
 */
export function tagInfoOf(settings: Settings, combo: string): TagInfo {
  const stored = asObject(settings(tagInfoKey(combo)));
  const colour = stored.color ?? settings(`color ${combo}`);
  const { priority } = stored;
  return {
    colour: typeof colour === "string" ? parseColour(colour) : null,
    isSecondary: typeof priority === "number" && priority > 1,
    targets: stored.targets === undefined ? readOldTarget(settings, combo) : readTargets(stored.targets),
  };
}

/** The setting's value for what is settled, with what other clients keep there. */
export function withTagInfo(stored: Json | undefined, { colour, isSecondary, targets }: TagInfo): Json {
  return { ...asObject(stored), targets, priority: isSecondary ? 2 : 0, color: colour ?? "" };
}

/** The priorities of tags for `displayOrder`. */
export function prioritiesOf(settings: Settings, tags: Iterable<string>): ReadonlyMap<string, number> {
  const secondary = [...tags].filter((tag) => tag !== UNTAGGED && tagInfoOf(settings, tag).isSecondary);
  return new Map(secondary.map((tag) => [tag, 2]));
}
