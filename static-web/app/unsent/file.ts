import type { AnyItem, Kind, OutboxEntry } from "../store/store.ts";

/** Edits as a file: for each kind what a `PUT` of it takes. */
export function fileOf(entries: readonly OutboxEntry[]): string {
  const itemsOf = (kind: Kind): readonly AnyItem[] =>
    entries.filter((entry) => entry.kind === kind).map(({ item }) => item);
  return `${JSON.stringify({ records: itemsOf("records"), settings: itemsOf("settings") }, null, 1)}\n`;
}

/** Lets the browser save a text under a name. */
export function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  // Some browsers begin to read it only after this.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
