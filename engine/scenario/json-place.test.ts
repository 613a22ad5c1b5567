import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFault } from "./json-place.ts";

describe("jsonFault", () => {
  it.each([
    ['{\n  "a": 1,\n}', 3, 1, false],
    ['{"a": [1, 2', 1, 12, true],
    ["", 1, 1, true],
    ['{"a": // no comments\n 1}', 1, 7, false],
    ["{'a': 1}", 1, 2, false],
    ['["x\ny"]', 1, 4, false],
    ['{"a" 1}', 1, 6, false],
    ["[1 2]", 1, 4, false],
    ["[01]", 1, 3, false],
    ["[tru]", 1, 5, false],
    ["{}x", 1, 3, false],
    ["[}", 1, 2, false],
    ['"\\x"', 1, 3, false],
    ['"\\u12g4"', 1, 6, false],
    ["[1,\n\n  ]", 3, 3, false],
  ])("finds the place in %j", (text, line, column, endsEarly) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonFault(text)).toEqual({ line, column, endsEarly });
  });

  it("agrees with the platform about what is JSON, whole or damaged", () => {
    const isJson = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", '"', "\\", "1", " ", "e"), (text, at, put) => {
        const damaged = text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1);
        for (const one of [text, damaged]) expect(jsonFault(one) === null, one).toBe(isJson(one));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it("is not exhausted by a text of brackets", () => {
    expect(jsonFault("[".repeat(900_000))).toEqual({ line: 1, column: 900_001, endsEarly: true });
  });
});
