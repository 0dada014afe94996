import { describe, expect, it } from "vitest";
import { chunked } from "./chunks.ts";

describe("chunked", () => {
  it("chunked_2500 items_are three requests", () => {
    const chunks = chunked(Array.from({ length: 2500 }, (_, i) => i));
    expect(chunks.map((chunk) => chunk.items.length)).toEqual([1000, 1000, 500]);
    expect(JSON.parse(chunks[2]?.body ?? "")).toHaveLength(500);
  });

  it("chunked_large items_are cut by bytes", () => {
    expect(chunked(["é".repeat(40), "é".repeat(40)], 100)).toHaveLength(2);
  });
});
