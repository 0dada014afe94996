/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { actions } from "./registry.ts";

const catalogues = Object.entries(
  import.meta.glob<Readonly<Record<string, string>>>("../../strings/*.json", {
    import: "default",
    eager: true,
  }),
);

describe("actions", () => {
  it("actions_ids_are each its own", () => {
    const ids = actions.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("actions_shortcuts and chords_are each its own", () => {
    const keys = actions.flatMap(({ shortcut, chord }) => [
      ...(shortcut === undefined ? [] : [`${shortcut.shift ? "Shift+" : ""}${shortcut.key}`]),
      ...(chord === undefined ? [] : [`Ctrl+${chord.shift ? "Shift+" : ""}${chord.letter}`]),
    ]);
    expect(keys).toEqual([...new Set(keys)]);
    for (const key of keys) expect(key).toMatch(/^(?:Ctrl\+)?(?:Shift\+)?[a-z]$/);
  });

  it.each(catalogues)("actions_labels_are in %s", (_, texts) => {
    for (const { label } of actions) expect(texts[label]?.trim()).toBeTruthy();
  });
});
