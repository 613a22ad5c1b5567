import { expect, it } from "vitest";
import { setSetting } from "../../../engine/scenario/index.ts";
import { sketch } from "../../../engine/testing/sketch.ts";
import { grownTopics } from "./keys-move.ts";

it("finds topics that got partitions, and no others", () => {
  const drawn = sketch([["topic o1"], ["topic o2", { partitions: 6 }], ["queue q1"]], []);
  const more = setSetting(drawn, "o1", "partitions", 5).scenario;
  expect(grownTopics(drawn, more)).toEqual([{ name: "o1", from: 3, to: 5 }]);
  expect(grownTopics(more, drawn)).toEqual([]);
  expect(grownTopics(drawn, setSetting(drawn, "o2", "minInsync", 2).scenario)).toEqual([]);
});
