import { describe, expect, it } from "vitest";
import { chunked, fitting } from "./chunks.ts";

describe("chunked", () => {
  it("chunked_2500 items_are three requests", () => {
    const chunks = [...chunked(Array.from({ length: 2500 }, (_, i) => i))];
    expect(chunks.map((chunk) => chunk.items.length)).toEqual([1000, 1000, 500]);
    expect(JSON.parse(chunks[2]?.body ?? "")).toHaveLength(500);
  });

  it("chunked_large items_are cut by bytes", () => {
    expect([...chunked(["é".repeat(40), "é".repeat(40)], () => 100)]).toHaveLength(2);
  });

  it("chunked_bytes_are those of the body, and never more than asked for", () => {
    const items = Array.from({ length: 200 }, (_, i) => "é".repeat(i % 9));
    for (let most = 60; most <= 100; most++)
      for (const { body, bytes } of chunked(items, () => most)) {
        expect(bytes).toBe(new TextEncoder().encode(body).length);
        expect(bytes).toBeLessThanOrEqual(most);
      }
  });
});

describe("fitting", () => {
  it("fitting_items larger than a request_are left out, and those that just fit are not", () => {
    const items = ["a".repeat(9), "é".repeat(4), "é".repeat(3), ""];
    expect([...fitting(items, 12)]).toEqual(["é".repeat(4), "é".repeat(3), ""]);
    for (const { bytes } of chunked(fitting(items, 12), () => 12)) expect(bytes).toBeLessThanOrEqual(12);
  });
});
