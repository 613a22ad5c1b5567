import { settingsAs } from "../schema.ts";
import { groupFrameOf } from "../topology.ts";
import type { Scenario, ScenarioEdge } from "../types.ts";

/** Tags that a consume edge wants: what the frame of its group says, or it itself. */
export function filterOf(scenario: Scenario, edge: ScenarioEdge): string {
  const client = scenario.nodes.find(({ id }) => id === edge.to);
  const frame = client && groupFrameOf(scenario, client, "rmqTopic");
  return frame === undefined ? settingsAs("consume", edge).filter : settingsAs("rmqGroup", frame).filter;
}

/** Whether everybody in the group of a consume edge gets everything. */
export function isBroadcasting(scenario: Scenario, edge: ScenarioEdge): boolean {
  const client = scenario.nodes.find(({ id }) => id === edge.to);
  const frame = client && groupFrameOf(scenario, client, "rmqTopic");
  return frame !== undefined && settingsAs("rmqGroup", frame).mode === "broadcasting";
}

/** Whether a group with this filter wants a message with this tag ("" = none): `*`, or tags with `||` between. The broker's model says the same of texts: a test compares the two. */
export function passesTags(filter: string, tag: string): boolean {
  if (filter === "" || filter === "*") return true;
  const wanted = filter
    .split("||")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return wanted.length === 0 || wanted.includes(tag);
}
