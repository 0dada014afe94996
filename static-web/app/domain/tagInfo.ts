import { parseColour } from "./colour.ts";
import { tagsIn, UNTAGGED } from "./combo.ts";
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

const readColour = (value: Json | undefined): string | null =>
  typeof value === "string" ? parseColour(value) : null;

/** The colour of a tag. An empty text is the choice of none; one that cannot be understood is no choice. */
const readChosen = (color: Json | undefined, old: Json | undefined): string | null =>
  color === "" ? null : (readColour(color) ?? readColour(old));

const readIsSecondary = (value: Json | undefined): boolean => typeof value === "number" && value > 1;

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
  return {
    colour: readChosen(stored.color, settings(`color ${combo}`)),
    isSecondary: readIsSecondary(stored.priority),
    targets: stored.targets === undefined ? readOldTarget(settings, combo) : readTargets(stored.targets),
  };
}

/** The targets as they are stored: those that this client does not know stay, those that it knows are as given. */
function writeTargets(value: Json | undefined, targets: TagInfo["targets"]): JsonObject {
  const known = readTargets(value);
  const unknown = Object.entries(asObject(value)).filter(([period]) => !Object.hasOwn(known, period));
  return { ...Object.fromEntries(unknown), ...targets };
}

/**
 * The value of the setting of a tag or a combo after a change, which names what the person has settled anew. What it does
 * not name stays as it was stored, understood or not, and so does what other clients keep there. A combo of several tags
 * is given targets only: its colour and its priority are those of its tags.
 */
export function withTagInfo(combo: string, value: Json | undefined, change: Partial<TagInfo>): Json {
  const settled: Record<string, Json> = { ...asObject(value) };
  const { colour, isSecondary, targets } = change;
  const { color, priority } = settled;
  if (targets !== undefined) settled.targets = writeTargets(settled.targets, targets);
  if (tagsIn(combo).length > 1) return settled;
  // Where it says the same already, another client's spelling stays; a reset replaces also what cannot be understood.
  if (isSecondary !== undefined && (priority === undefined || readIsSecondary(priority) !== isSecondary))
    settled.priority = isSecondary ? 2 : 0;
  if (colour === null) settled.color = "";
  else if (colour !== undefined && readColour(color) !== colour) settled.color = colour;
  return settled;
}

/** The priorities of tags for `displayOrder`. */
export function prioritiesOf(settings: Settings, tags: Iterable<string>): ReadonlyMap<string, number> {
  const secondary = [...tags].filter((tag) => tag !== UNTAGGED && tagInfoOf(settings, tag).isSecondary);
  return new Map(secondary.map((tag) => [tag, 2]));
}
