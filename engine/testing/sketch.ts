import { type EdgeKind, emptyScenario, type Scenario, type ScenarioNode, type Settings } from "../scenario/index.ts";

/** `"producer p1"`: kind and id, which is also its name. */
export type SketchedNode = [what: string, settings?: Settings, more?: Partial<ScenarioNode>];
/** `"p1 > q1"`; its id is `e1`, `e2`, … in order. */
export type SketchedEdge = [kind: EdgeKind, ends: string, settings?: Settings];

/** A drawing from short words, as a table: where a test has many small drawings. Links take no time unless they say so. See `Drawing` for long ones. */
export function sketch(nodes: readonly SketchedNode[], edges: readonly SketchedEdge[]): Scenario {
  return {
    ...emptyScenario(),
    nodes: nodes.map(([what, settings, more]) => {
      const [kind = "", id = ""] = what.split(" ");
      return { id, kind, name: id, x: 0, y: 0, ...(settings && { settings }), ...more };
    }),
    edges: edges.map(([kind, ends, settings], i) => {
      const [from = "", to = ""] = ends.split(" > ");
      return { id: `e${i + 1}`, kind, from, to, settings: { latency: 0, ...settings } };
    }),
  };
}

/** A producer, a queue and a consumer: `p1` > `q1` > `c1`. */
export const lane = (producer: Settings, queue: Settings, consumer: Settings): Scenario =>
  sketch(
    [
      ["producer p1", producer],
      ["queue q1", queue],
      ["consumer c1", consumer],
    ],
    [
      ["publish", "p1 > q1"],
      ["consume", "q1 > c1"],
    ],
  );
