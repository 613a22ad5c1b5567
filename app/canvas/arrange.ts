import {
  absolutePosition,
  addNode,
  kindSpec,
  moveNodes,
  remove,
  type Scenario,
  type ScenarioNode,
} from "../../engine/scenario/index.ts";
import { sizeOf } from "./flow-model.ts";
import type { Box, Point } from "./geometry.ts";

/** Putting nodes in order: pure edits on chosen nodes. Grid steps. */

export type Edge = "left" | "right" | "top" | "bottom";
type Axis = "x" | "y";

const PADDING = 2;
/** A frame's heading needs room above. */
const HEADING = 3;

const boxOf = (scenario: Scenario, node: ScenarioNode): Box => ({
  ...absolutePosition(scenario, node),
  ...sizeOf(node),
});

/** Those that are moved themselves: not locked, and not inside a frame that is chosen too. */
function movable(scenario: Scenario, ids: readonly string[]): ScenarioNode[] {
  const chosen = new Set(ids);
  return scenario.nodes.filter(
    (node) => chosen.has(node.id) && !node.locked && !(node.parent !== undefined && chosen.has(node.parent)),
  );
}

function moveTo(scenario: Scenario, places: ReadonlyMap<string, Point>): Scenario {
  const moves = new Map<string, Point>();
  for (const node of scenario.nodes) {
    const to = places.get(node.id);
    if (!to) continue;
    const now = absolutePosition(scenario, node);
    moves.set(node.id, { x: node.x + to.x - now.x, y: node.y + to.y - now.y });
  }
  return moveNodes(scenario, moves);
}

/** Brings one edge of all nodes to that of the outermost. */
export function align(scenario: Scenario, ids: readonly string[], edge: Edge): Scenario {
  const boxes = movable(scenario, ids).map((node) => ({ id: node.id, box: boxOf(scenario, node) }));
  if (boxes.length < 2) return scenario;
  const far = (box: Box) => (edge === "right" ? box.x + box.w : box.y + box.h);
  const line =
    edge === "left"
      ? Math.min(...boxes.map(({ box }) => box.x))
      : edge === "top"
        ? Math.min(...boxes.map(({ box }) => box.y))
        : Math.max(...boxes.map(({ box }) => far(box)));
  const place = (box: Box): Point => ({
    x: edge === "left" ? line : edge === "right" ? line - box.w : box.x,
    y: edge === "top" ? line : edge === "bottom" ? line - box.h : box.y,
  });
  const places = boxes.map(({ id, box }): [string, Point] => [id, place(box)]);
  return moveTo(scenario, new Map(places));
}

/** Equal gaps between neighbours; the outermost stay. */
export function distribute(scenario: Scenario, ids: readonly string[], axis: Axis): Scenario {
  const size = axis === "x" ? "w" : "h";
  const boxes = movable(scenario, ids)
    .map((node) => ({ id: node.id, box: boxOf(scenario, node) }))
    .sort((a, b) => a.box[axis] - b.box[axis]);
  if (boxes.length < 3) return scenario;
  const first = boxes[0]?.box as Box;
  const last = boxes.at(-1)?.box as Box;
  const inner = boxes.slice(1, -1).reduce((sum, { box }) => sum + box[size], 0);
  const gap = (last[axis] - first[axis] - first[size] - inner) / (boxes.length - 1);
  const places = new Map<string, Point>();
  let at = first[axis] + first[size] + gap;
  for (const { id, box } of boxes.slice(1, -1)) {
    places.set(id, { x: box.x, y: box.y, [axis]: Math.round(at) });
    at += box[size] + gap;
  }
  return moveTo(scenario, places);
}

/** Draws a plain frame around nodes that share a surrounding. @returns the frame's id; null when they do not */
export function frameAround(scenario: Scenario, ids: readonly string[]): { scenario: Scenario; id: string } | null {
  const inside = movable(scenario, ids);
  const parent = inside[0]?.parent;
  if (inside.length === 0 || inside.some((node) => node.parent !== parent)) return null;
  const boxes = inside.map((node) => ({ x: node.x, y: node.y, ...sizeOf(node) }));
  const left = Math.min(...boxes.map((box) => box.x)) - PADDING;
  const top = Math.min(...boxes.map((box) => box.y)) - HEADING;
  const right = Math.max(...boxes.map((box) => box.x + box.w)) + PADDING;
  const bottom = Math.max(...boxes.map((box) => box.y + box.h)) + PADDING;
  const framed = addNode(scenario, "frame", { x: left, y: top, w: right - left, h: bottom - top, parent });
  const moves = inside.map((node): [string, { x: number; y: number; parent: string }] => [
    node.id,
    { x: node.x - left, y: node.y - top, parent: framed.id },
  ]);
  return { scenario: moveNodes(framed.scenario, new Map(moves)), id: framed.id };
}

/** Takes frames away; what stood in them stays where it is. */
export function unframe(scenario: Scenario, ids: readonly string[]): Scenario {
  const frames = scenario.nodes.filter(
    (node) => ids.includes(node.id) && kindSpec(node.kind)?.container === true && !node.locked,
  );
  return remove(
    scenario,
    frames.map((node) => node.id),
  );
}

/**
 * Lays out some nodes only: as if the others were not there, and where they stood together before.
 * @param layOut gives every node of a document a place
 */
export function layOutSome(scenario: Scenario, ids: readonly string[], layOut: (part: Scenario) => Scenario): Scenario {
  const chosen = movable(scenario, ids);
  if (chosen.length < 2) return scenario;
  const own = new Set(chosen.map((node) => node.id));
  const part: Scenario = {
    ...scenario,
    nodes: chosen.map((node) => {
      const { parent: _, ...rest } = node;
      return { ...rest, ...absolutePosition(scenario, node) };
    }),
    edges: scenario.edges.filter((edge) => own.has(edge.from) && own.has(edge.to)),
  };
  const laid = layOut(part).nodes;
  const corner = (nodes: readonly Point[]): Point => ({
    x: Math.min(...nodes.map(({ x }) => x)),
    y: Math.min(...nodes.map(({ y }) => y)),
  });
  const [before, after] = [corner(part.nodes), corner(laid)];
  return moveTo(
    scenario,
    new Map(laid.map(({ id, x, y }) => [id, { x: x - after.x + before.x, y: y - after.y + before.y }])),
  );
}
