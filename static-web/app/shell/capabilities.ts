/** Something the client cannot do without, by the name that people and search engines know it under. */
export interface Capability {
  readonly name: string;
  isThere(): boolean;
}

/** Whether looking at something finds it. Browsers that forbid a thing may throw at the mere look. */
function exists(look: () => unknown): boolean {
  try {
    return Boolean(look());
  } catch {
    return false;
  }
}

const capability = (name: string, look: () => unknown): Capability => ({ name, isThere: () => exists(look) });

/** What every page needs. */
const EVERYWHERE: readonly Capability[] = [
  capability("Local Storage", () => localStorage),
  capability("Web Crypto", () => crypto.getRandomValues),
  capability("AbortSignal.timeout", () => AbortSignal.timeout),
  capability("Dialog", () => HTMLDialogElement.prototype.showModal),
  capability("Intl", () => ["DisplayNames", "ListFormat", "PluralRules"].every((name) => name in Intl)),
  capability("String.toWellFormed", () => String.prototype.toWellFormed),
];

/** What keeps a person's records, and the tabs of a browser in step. Locks are not among it: plain http has none. */
export const STORAGE: readonly Capability[] = [
  capability("IndexedDB", () => indexedDB),
  capability("BroadcastChannel", () => BroadcastChannel),
];

/** What hashes passwords beside the page. */
export const WORKERS: readonly Capability[] = [capability("Web Workers", () => Worker)];

/** The names of what this browser lacks of what every page and this one need. */
export function missing(needs: readonly Capability[]): readonly string[] {
  return [...EVERYWHERE, ...needs].filter((need) => !need.isThere()).map(({ name }) => name);
}
