import { expect, it } from "vitest";
import { namesIn, ticked } from "./ticks.ts";

it("ticks an entry once, and leaves no empty list", () => {
  expect(ticked([], "q1", true)).toEqual(["q1"]);
  expect(ticked(["q1"], "q1", true)).toEqual(["q1"]);
  expect(ticked(["q1", "c1"], "q1", false)).toEqual(["c1"]);
  expect(ticked(["q1"], "q1", false)).toBeUndefined();
});

it("finds no names in what is no list of names", () => {
  expect(namesIn(["q1", 3, null])).toEqual(["q1"]);
  expect(namesIn("q1")).toEqual([]);
});
