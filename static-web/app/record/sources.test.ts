import { describe, expect, it } from "vitest";
import { MemoryStore } from "../store/memoryStore.ts";
import { record } from "../store/testParts.ts";
import { SuggestionSources } from "./sources.ts";

const NOW = 1_800_000_000;
const tagged = (n: number) => record({ key: `k${n}`, t1: NOW - n - 1, t2: NOW - n, ds: `#t${n}` });

/** Sources over many records; every look at the clock finds that `tick` ms have passed. */
function over(count: number, tick: number) {
  const store = new MemoryStore(() => NOW);
  store.add(Array.from({ length: count }, (_, n) => tagged(n)));
  const pauses: (() => void)[] = [];
  let ms = 0;
  const sources = new SuggestionSources(store, () => NOW, {
    milliseconds: () => {
      ms += tick;
      return ms;
    },
    pause: () => new Promise((resolve) => pauses.push(resolve)),
  });
  return { store, sources, pauses, known: () => sources.current.value.tags.length };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("refresh", () => {
  it("refresh_few records_knows them at once", async () => {
    const { sources, known } = over(100, 0);
    await sources.refresh();
    expect(known()).toBe(100);
  });

  it("refresh_many records_pauses between pieces and offers what was known meanwhile", async () => {
    const { store, sources, pauses, known } = over(1000, 8);
    const done = sources.refresh();
    let pieces = 1;
    for (let pause = pauses.shift(); pause !== undefined; pause = pauses.shift()) {
      expect(known()).toBe(0);
      pieces += 1;
      pause();
      await settled();
    }
    await done;
    expect(pieces).toBeGreaterThan(4);
    expect(known()).toBe(1000);
    store.add([tagged(1000)]);
    void sources.refresh();
    expect(known()).toBe(1000);
  });

  it("refresh_nothing new_reads nothing again", async () => {
    const { sources } = over(10, 0);
    await sources.refresh();
    const before = sources.current.value;
    await sources.refresh();
    expect(sources.current.value).toBe(before);
  });

  it("refresh_asked again in the middle_gives up what is old", async () => {
    const { store, sources, pauses, known } = over(1000, 8);
    const first = sources.refresh();
    store.add([tagged(1000)]);
    const second = sources.refresh();
    for (let pause = pauses.shift(); pause !== undefined; pause = pauses.shift()) {
      pause();
      await settled();
    }
    await Promise.all([first, second]);
    expect(known()).toBe(1001);
  });

  it("refresh_presets_are the setting's", async () => {
    const { store, sources } = over(1, 0);
    store.add([], [{ key: "tag_presets", mt: 0, st: 1, value: ["#a #b", ""] }]);
    await sources.refresh();
    expect(sources.current.value.presets).toEqual(["#a #b"]);
  });
});
