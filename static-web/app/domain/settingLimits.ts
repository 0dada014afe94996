import type { Json, Setting } from "./record.ts";

/** The longest key the server takes, in code points. */
export const KEY_LIMIT = 255;
/** The longest value the server takes, as `valueLength` counts. */
export const VALUE_LIMIT = 8191;

/** The length of a value as the server counts it: as JSON in ASCII, with a blank after each comma and colon. */
export function valueLength(value: Json): number {
  if (Array.isArray(value)) return listed(value.map(valueLength));
  if (typeof value === "object" && value !== null)
    return listed(Object.entries(value).map(([name, of]) => valueLength(name) + 2 + valueLength(of)));
  // What is not ASCII becomes six characters: \uXXXX.
  return JSON.stringify(value).replaceAll(/[^\0-\x7f]/g, "\\uXXXX").length;
}

/** Brackets around elements, and a comma and a blank between them. */
const listed = (lengths: readonly number[]): number =>
  2 + lengths.reduce((sum, length) => sum + length, 0) + 2 * Math.max(0, lengths.length - 1);

/** By how many characters a setting is larger than what the server takes; 0 when it fits. */
export const settingExcess = ({ key, value }: Pick<Setting, "key" | "value">): number =>
  Math.max(0, [...key].length - KEY_LIMIT, valueLength(value) - VALUE_LIMIT);
