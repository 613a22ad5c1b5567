import { expect, it } from "vitest";
import { emptyScenario, policyOf, type ScenarioNode } from "./index.ts";

it("gives of policies with one priority the first by name, whatever their order in the file, as the broker model does", () => {
  const policy = (name: string) => ({ name, pattern: "^q", "apply-to": "queues", priority: 1, definition: {} });
  const queue: ScenarioNode = { id: "q", kind: "queue", name: "q", x: 0, y: 0, parent: "b" };
  for (const policies of [
    [policy("a"), policy("z")],
    [policy("z"), policy("a")],
  ]) {
    const broker: ScenarioNode = { id: "b", kind: "broker", name: "b", x: 0, y: 0, settings: { policies } };
    expect(policyOf({ ...emptyScenario(), nodes: [broker, queue] }, queue)?.name).toBe("a");
  }
});
