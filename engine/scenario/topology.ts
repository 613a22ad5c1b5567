import { settingsOf } from "./schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "./types.ts";

/** What an exchange or queue is called on its broker: routing, policies, permissions and definitions use this name. */
export function brokerNameOf(node: ScenarioNode): string {
  const own = node.settings?.brokerName;
  return typeof own === "string" && own !== "" ? own : node.name;
}

/**
 * Where a queue's dead letters go. A drawn `deadLetter` edge decides; without one, the setting `deadLetterExchange` names an exchange (that may not exist), and without
 * that there is none. A link straight to a queue goes through the default exchange ("") with the queue's name as key.
 */
export interface DeadLetterTarget {
  /** "" = the default exchange. */
  exchange: string;
  /** null = the message keeps its own key. */
  key: string | null;
  /** The edge that decides, when it is drawn. */
  edge?: ScenarioEdge;
}

export function deadLetterOf(scenario: Scenario, queue: ScenarioNode): DeadLetterTarget | null {
  const settings = settingsOf(queue);
  const key = typeof settings.deadLetterKey === "string" ? settings.deadLetterKey : null;
  const edge = scenario.edges.find((e) => e.kind === "deadLetter" && e.from === queue.id);
  const to = edge && scenario.nodes.find((n) => n.id === edge.to);
  if (edge && to)
    return to.kind === "queue"
      ? { exchange: "", key: brokerNameOf(to), edge }
      : { exchange: brokerNameOf(to), key, edge };
  return typeof settings.deadLetterExchange === "string" ? { exchange: settings.deadLetterExchange, key } : null;
}

/** The exchange that takes what `exchange` cannot route: drawn, or named in the setting; null = none. */
export function alternateOf(
  scenario: Scenario,
  exchange: ScenarioNode,
): { exchange: string; edge?: ScenarioEdge } | null {
  const edge = scenario.edges.find((e) => e.kind === "alternate" && e.from === exchange.id);
  const to = edge && scenario.nodes.find((n) => n.id === edge.to);
  if (edge && to) return { exchange: brokerNameOf(to), edge };
  const named = settingsOf(exchange).alternate;
  return typeof named === "string" ? { exchange: named } : null;
}
