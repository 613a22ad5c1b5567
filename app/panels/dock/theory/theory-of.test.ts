import { expect, it } from "vitest";
import { predicted } from "../../../../engine/metrics/plan.ts";
import { addNode, connect, emptyScenario, type Scenario } from "../../../../engine/scenario/index.ts";
import { theoryOf } from "./theory-of.ts";

/** A consumer `c1` of one store, or of two. */
function reading(...stores: ("queue" | "list" | "stream" | "channel")[]): Scenario {
  let scenario = addNode(emptyScenario(), "consumer", { x: 0, y: 0 }).scenario;
  for (const kind of stores) {
    const added = addNode(scenario, kind, { x: 0, y: 0 });
    const joined = connect(added.scenario, added.id, "c1");
    if (joined.ok) scenario = joined.scenario;
  }
  return scenario;
}

it("speaks of queues only, whatever else a consumer reads from", () => {
  expect(theoryOf(reading("queue"), "c1")?.queue.id).toBe("q1");
  expect(theoryOf(reading("stream", "queue"), "c1")?.queue.id).toBe("q1");
  for (const kind of ["list", "stream", "channel"] as const) {
    const scenario = reading(kind);
    expect(theoryOf(scenario, "c1"), kind).toBeNull();
    expect(theoryOf(scenario, scenario.nodes.at(-1)?.id ?? ""), kind).toBeNull();
    expect(predicted(scenario, { id: "c1", metric: "utilisation" } as Parameters<typeof predicted>[1]), kind).toBeNaN();
  }
});
