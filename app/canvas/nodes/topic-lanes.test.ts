import { expect, it } from "vitest";
import { sketch } from "../../../engine/testing/sketch.ts";
import { memberNames, placeIn, STUB } from "./topic-lanes.ts";

it("an offset stands where it is in what the partition keeps", () => {
  expect(placeIn(0, 10, 0)).toBe(0);
  expect(placeIn(0, 10, 5)).toBe(0.5);
  expect(placeIn(0, 10, 10)).toBe(1);
  // Half of ten records that are kept, behind the stub of what was deleted.
  expect(placeIn(90, 100, 95)).toBeCloseTo(STUB + (1 - STUB) / 2);
  expect(placeIn(90, 100, 50)).toBeLessThan(STUB);
  expect(placeIn(0, 0, 0)).toBe(1);
});

it("members are counted by edge, then by instance, wherever the group is named", () => {
  const drawn = sketch(
    [
      ["group g1"],
      ["topic o1"],
      ["consumer c1", { instances: 2 }, { parent: "g1" }],
      ["service s1", {}, { parent: "g1" }],
      ["consumer c2"],
    ],
    [
      ["consume", "o1 > s1"],
      ["consume", "o1 > c2", { group: "other" }],
      ["consume", "o1 > c1"],
    ],
  );
  expect(memberNames(drawn, "o1", "g1")).toEqual(["s1", "c1·1", "c1·2"]);
  expect(memberNames(drawn, "o1", "other")).toEqual(["c2"]);
});
