import { describe, expect, it } from "vitest";
import { type ActivityKeeper, forgetActivity, noteActivity } from "./activity.ts";

const NOW = 1_800_000_000;

function keeper(text: string | null = null): ActivityKeeper & { text: string | null; writes: number } {
  return {
    text,
    writes: 0,
    getItem() {
      return this.text;
    },
    setItem(_key: string, value: string) {
      this.text = value;
      this.writes += 1;
    },
  };
}

describe("noteActivity", () => {
  it("noteActivity_for the first time_knows of no visit before", () => {
    expect(noteActivity(keeper(), NOW)).toBeNull();
  });

  it("noteActivity_after a pause_knows when the visit before ended, all through this one", () => {
    const kept = keeper();
    noteActivity(kept, NOW);
    noteActivity(kept, NOW + 600);
    expect(noteActivity(kept, NOW + 600 + 8 * 3600)).toBe(NOW + 600);
    expect(noteActivity(kept, NOW + 700 + 8 * 3600)).toBe(NOW + 600);
  });

  it("noteActivity_often_writes once a minute", () => {
    const kept = keeper();
    for (let second = 0; second < 120; second++) noteActivity(kept, NOW + second);
    expect(kept.writes).toBe(2);
  });

  it("noteActivity_a clock that was put back_goes on from there", () => {
    const kept = keeper();
    noteActivity(kept, NOW);
    noteActivity(kept, NOW - 9000);
    expect(noteActivity(kept, NOW - 9000 + 3600)).toBe(NOW - 9000);
  });

  it.each(["", "null", "{", '"x"', "[]", '["a","b"]'])("noteActivity_%j is kept_begins anew", (text) => {
    expect(noteActivity(keeper(text), NOW)).toBeNull();
  });

  it("noteActivity_where nothing can be kept_knows nothing and goes on", () => {
    const broken: ActivityKeeper = {
      getItem: () => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(noteActivity(broken, NOW)).toBeNull();
  });
});

describe("forgetActivity", () => {
  it("forgetActivity_signed out_leaves nothing of when somebody was here", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    noteActivity(storage, NOW);
    expect(kept.size).toBe(1);
    forgetActivity(storage);
    expect(kept.size).toBe(0);
  });
});
