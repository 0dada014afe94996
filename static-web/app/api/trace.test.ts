import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newTraceParent } from "./trace.ts";

describe("newTraceParent", () => {
  it("newTraceParent_whatever chance gives_is a header of version 00 with ids that are not zero", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (chance) => {
        let used = 0;
        const header = newTraceParent((bytes) => {
          bytes.set(chance.subarray(used, used + bytes.length));
          used += bytes.length;
        });
        expect(header).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/);
      }),
    );
  });

  it("newTraceParent_known bytes_are its ids", () => {
    let next = 0;
    const header = newTraceParent((bytes) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = next++;
    });
    expect(header).toBe("00-000102030405060708090a0b0c0d0e0f-1011121314151617-01");
  });

  it("newTraceParent_nothing but zeros_is still an id", () => {
    expect(newTraceParent(() => undefined)).toBe(`00-01${"0".repeat(30)}-01${"0".repeat(14)}-01`);
  });
});
