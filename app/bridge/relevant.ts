import { kindSpec, type Scenario } from "../../engine/scenario/index.ts";

/**
 * What of a document the engine can notice, as one text to compare: positions, sizes, notes, plain frames, titles and the view are left out, so that moving things about
 * never reaches the run.
 */
export function engineText(scenario: Scenario): string {
  const { nodes, edges, timeline, alerts } = scenario;
  return JSON.stringify([
    nodes
      .filter((node) => kindSpec(node.kind)?.modelled !== false)
      .map(({ id, kind, name, parent, settings }) => [id, kind, name, parent, settings]),
    edges.map(({ id, kind, from, to, settings }) => [id, kind, from, to, settings]),
    timeline,
    alerts,
  ]);
}
