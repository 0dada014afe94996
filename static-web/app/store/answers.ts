import { ApiFailure } from "../api/request.ts";
import type { Json, Setting, TimeRecord } from "../domain/record.ts";

/** What the server says about pushed items. */
export interface PushAnswer {
  readonly accepted: ReadonlySet<string>;
  /** The refused keys, each with the server's reason. */
  readonly failed: ReadonlyMap<string, string>;
}

/** What changed since the last pull. */
export interface Updates {
  readonly serverTime: number;
  /** Whether this is everything, to replace what was confirmed before. */
  readonly reset: boolean;
  readonly records: readonly TimeRecord[];
  readonly settings: readonly Setting[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

function fields(value: unknown): Fields {
  if (!isFields(value)) throw new ApiFailure("shape", "The server's answer is not an object.");
  return value;
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ApiFailure("shape", `The server's answer has no list "${name}".`);
  return value;
}

function readRecord(value: unknown): TimeRecord | null {
  if (!isFields(value)) return null;
  const { key, mt, st, t1, t2, ds = "" } = value;
  if (typeof key !== "string" || typeof ds !== "string") return null;
  if (!isNumber(mt) || !isNumber(st) || st <= 0 || !isNumber(t1) || !isNumber(t2)) return null;
  return { key, mt, st, t1, t2, ds };
}

function readSetting(value: unknown): Setting | null {
  if (!isFields(value)) return null;
  const { key, mt, st } = value;
  if (typeof key !== "string" || !isNumber(mt) || !isNumber(st) || st <= 0 || !("value" in value))
    return null;
  return { key, mt, st, value: value.value as Json };
}

const isPresent = <T>(value: T | null): value is T => value !== null;

/** Reads the answer to a pull. An item that makes no sense is passed over: it must not hold up the others for ever. */
export function readUpdates(answer: unknown): Updates {
  const { server_time: serverTime, reset, records, settings } = fields(answer);
  if (!isNumber(serverTime)) throw new ApiFailure("shape", "The server's answer has no time.");
  return {
    serverTime,
    reset: Boolean(reset),
    records: list(records, "records").map(readRecord).filter(isPresent),
    settings: list(settings, "settings").map(readSetting).filter(isPresent),
  };
}

/** Reads the answer to a push. */
export function readPushAnswer(answer: unknown): PushAnswer {
  const { accepted, failed, errors } = fields(answer);
  const reasons = list(errors, "errors");
  const refused = new Map<string, string>();
  for (const [i, key] of list(failed, "failed").entries()) {
    const reason = reasons[i];
    if (typeof key === "string") refused.set(key, typeof reason === "string" ? reason : "");
  }
  return {
    accepted: new Set(list(accepted, "accepted").filter((key) => typeof key === "string")),
    failed: refused,
  };
}
