import { describe, expect, it } from "vitest";
import { linksIn } from "./links.ts";

describe("linksIn", () => {
  it.each([
    ["no address", []],
    ["see https://example.org/a?b=1#c #tag", ["https://example.org/a?b=1#c"]],
    ['"https://example.org", (http://x.y/).', ["https://example.org", "http://x.y/"]],
    ["https://a.b https://a.b", ["https://a.b"]],
    ["javascript:alert(1) ftp://a.b https:// http://", []],
    ["text:https://a.b", ["https://a.b"]],
  ])("linksIn_%j_are its addresses, each once", (ds, links) => expect(linksIn(ds)).toEqual(links));
});
