import type { Scenario, ScenarioEdge, ScenarioNode } from "../engine/index.ts";

/** Short words for the parts of a document that the workloads are made of. */
export function document(nodes: ScenarioNode[], edges: ScenarioEdge[]): Scenario {
  return { v: 1, meta: { title: "bench" }, seed: 12345, nodes, edges, timeline: [], alerts: [] };
}

export function node(id: string, kind: string, settings: ScenarioNode["settings"] = {}): ScenarioNode {
  return { id, kind, name: id, x: 0, y: 0, settings };
}

/** An edge without latency, unless the settings say otherwise. */
export function edge(
  kind: string,
  from: string,
  to: string,
  settings: NonNullable<ScenarioEdge["settings"]> = {},
): ScenarioEdge {
  return { id: `${kind}-${from}-${to}`, kind, from, to, settings: { latency: 0, ...settings } };
}

/** @param mean ms */
export const exponential = (mean: number) => ({ d: "exponential", mean });
