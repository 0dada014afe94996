import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import { readPushAnswer, readUpdates } from "./answers.ts";
import { record, updates } from "./testParts.ts";

describe("answers", () => {
  it("readUpdates_items that make no sense_are passed over", () => {
    const answer = {
      server_time: 1,
      reset: 0,
      records: [null, { key: 1 }, record({ st: 2 })],
      settings: [{ key: "s" }],
    };
    expect(readUpdates(answer)).toEqual(updates({ serverTime: 1, records: [record({ st: 2 })] }));
  });

  it.each([null, [], "x", { server_time: "1" }, { server_time: 1, records: {}, settings: [] }])(
    "readUpdates_%j_is a failure",
    (answer) => expect(() => readUpdates(answer)).toThrow(ApiFailure),
  );

  it("readPushAnswer_errors_belong to the failed keys in order", () => {
    const answer = readPushAnswer({ accepted: ["a"], failed: ["b", "c"], errors: ["B", "C", "extra"] });
    expect([...answer.failed]).toEqual([
      ["b", "B"],
      ["c", "C"],
    ]);
  });
});
