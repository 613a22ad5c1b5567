import { describe, expect, it } from "vitest";
import { matchesTopic } from "./routing.ts";

describe("the topic matcher for hints", () => {
  it.each([
    ["#", "", true],
    ["*", "", false],
    ["", "", true],
    ["a.#", "a", true],
    ["a.*", "a", false],
    ["#.b.#", "a.b.c.d", true],
    ["*.b", "a.b", true],
    ["a*", "ab", false],
    ["*", ".", false],
    ["*.*", ".", true],
    ["#.#", "", true],
  ])("%s and %s: %s", (pattern, key, expected) => {
    expect(matchesTopic(pattern, key)).toBe(expected);
  });
});
