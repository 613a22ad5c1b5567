import { expect, it } from "vitest";
import { helloQueue } from "../../../../engine/scenario/index.ts";
import { words } from "../../../text/index.ts";
import { targetName } from "./words.ts";

it("names a part of the drawing, and a connection by its two ends", () => {
  const scenario = helloQueue();
  const [edge] = scenario.edges;
  expect(targetName(scenario, scenario.nodes[0]?.id ?? "", words())).toBe("producer-1");
  expect(targetName(scenario, edge?.id ?? "", words())).toBe("producer-1 → hello");
});
