import { describe, expect, it } from "vitest";
import { circles } from "./loops.ts";

describe("circles", () => {
  it("groups what reaches each other", () => {
    const next = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a", "d"]],
      ["d", ["d"]],
      ["e", ["a"]],
    ]);
    expect(circles(next).map((group) => group.join(""))).toEqual(["d", "abc"]);
  });
});
