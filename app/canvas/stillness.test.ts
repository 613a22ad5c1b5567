import { expect, it } from "vitest";
import { addNode, emptyScenario, helloQueue, remove, setSetting } from "../../engine/scenario/index.ts";
import { whyStill } from "./stillness.ts";

it("names the reason why nothing flows", () => {
  const hello = helloQueue();
  expect(whyStill(emptyScenario(), {})).toBe("noNodes");
  expect(whyStill(addNode(emptyScenario(), "queue", { x: 0, y: 0 }).scenario, {})).toBe("noProducer");
  expect(whyStill(remove(hello, ["e1"]), {})).toBe("notConnected");
  expect(whyStill(setSetting(hello, "p1", "rate", 0).scenario, {})).toBe("rateZero");
  expect(whyStill(hello, { p1: ["paused"] })).toBe("paused");
  expect(whyStill(hello, {})).toBe("finished");
});
