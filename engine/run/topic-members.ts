import { groupOf } from "../scenario/topology.ts";
import type { Scenario } from "../scenario/types.ts";
import type { RunNode, Topology } from "./topology.ts";

/** Who reads a topic, by group, as the drawing has it. Found anew when the drawing has changed. */
export class TopicMembers {
  private readonly topology: Topology;
  private readonly known: Map<string, Map<string, number[]>> = new Map();
  private of: Scenario | null = null;

  constructor(topology: Topology) {
    this.topology = topology;
  }

  /** @returns group → its consumer instances, in the order of the topic's consume edges */
  at(topic: RunNode): ReadonlyMap<string, number[]> {
    const { document, nodeOf } = this.topology;
    if (this.of !== document) {
      this.of = document;
      this.known.clear();
    }
    const known = this.known.get(topic.id);
    if (known !== undefined) return known;
    const found = new Map<string, number[]>();
    this.known.set(topic.id, found);
    for (const edge of document?.edges ?? []) {
      if (edge.kind !== "consume" || edge.from !== topic.id) continue;
      const group = groupOf(document as Scenario, edge);
      const own = nodeOf.get(edge.to)?.consumer?.instances ?? [];
      found.set(group, [...(found.get(group) ?? []), ...own]);
    }
    return found;
  }
}
