/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it, vi } from "vitest";
import type { Action, RecordAction } from "./action.ts";
import { standardKeysOf } from "./keys.ts";
import { actionFor, actions, offered, recordActions, refusalOf } from "./registry.ts";
import { opened } from "./testApp.ts";

const catalogues = Object.entries(
  import.meta.glob<Readonly<Record<string, string>>>("../../strings/*.json", {
    import: "default",
    eager: true,
  }),
);
const modules = Object.entries(
  import.meta.glob<Readonly<Record<string, unknown>>>(["./*.ts", "!./*.test.ts", "!./registry.ts"], {
    eager: true,
  }),
);
const sources = Object.entries(
  import.meta.glob<string>(["./*.ts", "../{palette,help}/*.{ts,tsx}", "../shell/*.tsx", "!../**/*.test.ts"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

const isAction = (value: unknown): value is Action | RecordAction =>
  typeof value === "object" && value !== null && "label" in value && "perform" in value;

/** Words of people in a source, where none but names of messages belong: more than one word in quotes, or text in tags. */
function wordsIn(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, "");
  const literals = [...code.matchAll(/(\b(?:class|look)=\{?)?("[^"\n]*"|`[^`]*`)/g)]
    .filter(([, isClass]) => isClass === undefined)
    .map(([, , literal]) => literal ?? "");
  const inTags = [...code.matchAll(/<\/?[a-z][^<>]*>\s*([^<>{}]*\p{L}[^<>{}]*)<\//gu)].map(
    ([, text]) => text ?? "",
  );
  const isCode = (text: string): boolean => /[[=:{]/.test(text);
  return [...literals.filter((text) => /\p{L}\S*\s+\S*\p{L}/u.test(text) && !isCode(text)), ...inTags];
}

describe("actions", () => {
  it("actions_ids_are each its own", () => {
    const ids = [...actions, ...recordActions].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("actions_shortcuts and chords_are each its own", () => {
    const keys = actions.map((action) => standardKeysOf(action, true)).filter((key) => key !== undefined);
    expect(keys).toEqual([...new Set(keys)]);
    for (const key of keys) expect(key).toMatch(/^(?:(?:(?:Control|Meta)\+)?(?:Shift\+)?[A-Z]|\?)$/);
  });

  it.each(catalogues)("actions_labels, hints and other words_are in %s", (_, texts) => {
    const keys = actions.flatMap(({ label, hint, keywords = label, lack = label }) => [
      label,
      hint,
      keywords,
      lack,
    ]);
    for (const key of [...keys, ...recordActions.map(({ label }) => label)])
      expect(texts[key]?.trim(), key).toBeTruthy();
  });

  it.each(catalogues)("actions_labels_are each its own in %s", (_, texts) => {
    const labels = actions.map(({ label }) => texts[label]);
    expect(labels).toEqual([...new Set(labels)]);
  });

  it("actions_icons_are there", () => {
    for (const { icon } of [...actions, ...recordActions]) expect(icon()).toMatchObject({ type: "svg" });
  });

  it.each(modules)("%s_whatever action it has_is in the registry", (_, module) => {
    const found = Object.values(module).flat().filter(isAction);
    const known: readonly unknown[] = [...actions, ...recordActions];
    for (const action of found) expect(known, action.id).toContain(action);
  });

  it("actions_that cannot be done at first_say why", async () => {
    const { app } = await opened();
    for (const action of actions.filter((each) => !each.isEnabled(app))) {
      expect(action.lack, action.id).toBeDefined();
      expect(refusalOf(action, app)).toMatch(/\.$/);
    }
  });

  it("offered_in the demo_has nothing of a server", async () => {
    const { app } = await opened();
    // Nor a choice of clocks, as long as they agree.
    expect(offered(app).map(({ id }) => id)).toEqual(
      actions.map(({ id }) => id).filter((id) => id !== "switch-clock"),
    );
    const inDemo = offered({ ...app, keeping: { ...app.keeping, isTrial: true } }).map(({ id }) => id);
    expect(inDemo).not.toContain("sign-out");
    expect(inDemo).toContain("start");
  });
});

describe("what people read", () => {
  it.each(sources)("%s_has it from the catalogue", (_, source) => {
    expect(wordsIn(source)).toEqual([]);
  });

  it.each([
    ['title: "Start a record"', ['"Start a record"']],
    ["text = `It was started`", ["`It was started`"]],
    ["<p>Nothing</p>", ["Nothing"]],
    ['<p class="a b">\n  Nothing here\n</p>', ["Nothing here\n"]],
    ['<p class="button quiet">{t("action.start")}</p>', []],
    ['// "Nothing here"', []],
  ])("wordsIn_%s_finds %j", (source, expected) => {
    expect(wordsIn(source)).toEqual(expected);
  });
});

describe("actionFor", () => {
  // Nothing that is pressed here lies in a page.
  vi.stubGlobal("Element", class {});

  const press = (key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent =>
    ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent;

  it.each([
    ["s", {}, "start"],
    ["S", { shiftKey: true }, "resume-last"],
    ["?", { shiftKey: true }, "open-help"],
    ["?", {}, "open-help"],
    ["k", { ctrlKey: true }, "open-palette"],
    ["k", { metaKey: true }, "open-palette"],
    ["K", { ctrlKey: true, shiftKey: true }, undefined],
    ["k", {}, undefined],
    ["s", { altKey: true }, undefined],
    ["s", { repeat: true }, undefined],
    ["k", { ctrlKey: true, keyCode: 229 }, undefined],
  ])("actionFor_%s with %j_is %s", (key, held, id) => {
    expect(actionFor(press(key, held), true)?.id).toBe(id);
  });

  it("actionFor_without single keys_takes chords only", () => {
    expect(actionFor(press("?"), false)).toBeUndefined();
    expect(actionFor(press("k", { ctrlKey: true }), false)?.id).toBe("open-palette");
  });
});
