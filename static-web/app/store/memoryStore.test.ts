import { describe, expect, it } from "vitest";
import type { TimeRecord } from "../domain/record.ts";
import { History } from "./history.ts";
import { MemoryStore } from "./memoryStore.ts";
import { record } from "./testParts.ts";

const store = (): MemoryStore => new MemoryStore(() => 1000);

describe("MemoryStore", () => {
  it("change_new and known record_are written, confirmed, later than before", async () => {
    const memory = store();
    memory.add([record({ key: "old", mt: 5000, ds: "before" })]);
    const seen = memory.version.value;
    const { records } = await memory.change({
      records: [
        { key: "new", change: () => record({ ds: "new" }) },
        { key: "old", change: (current) => current && { ...current, ds: `${current.ds} and after` } },
        { key: "none", change: (current) => current },
      ],
    });
    expect(records.map(({ before, after }) => [before?.ds, after.ds])).toEqual([
      [undefined, "new"],
      ["before", "before and after"],
    ]);
    expect(memory.records.get("new")).toMatchObject({ key: "new", mt: 1000, st: 1000 });
    expect(memory.records.get("old")).toMatchObject({ mt: 5001, ds: "before and after" });
    expect(memory.records.size).toBe(2);
    expect(memory.version.value).toBeGreaterThan(seen);
    expect(memory.outbox.value.size).toBe(0);
  });

  it("change_an edit that throws_leaves nothing behind", async () => {
    const memory = store();
    const broken = memory.change({
      records: [{ key: "a", change: () => record() }],
      settings: [
        {
          key: "b",
          change: () => {
            throw new Error("no");
          },
        },
      ],
    });
    await expect(broken).rejects.toThrow("no");
    expect(memory.records.size).toBe(0);
  });

  it("add_settings_are there", () => {
    const memory = store();
    memory.add([], [{ key: "s", mt: 1, st: 1, value: 2 }]);
    expect(memory.settings.get("s")?.value).toBe(2);
  });

  it("undo_edits in memory_works as with a database", async () => {
    const memory = store();
    memory.add([record({ mt: 1, ds: "before" })]);
    const history = new History<string>(memory);
    const twice = { key: "a", change: (now: TimeRecord | undefined) => now && { ...now, ds: `${now.ds}!` } };
    await history.change("edit", { records: [twice, twice] });
    expect(memory.records.get("a")?.ds).toBe("before!!");
    expect(await history.undo()).toMatchObject({ result: "done" });
    expect(memory.records.get("a")?.ds).toBe("before");
  });
});
