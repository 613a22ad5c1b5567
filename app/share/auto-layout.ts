import {
  absolutePosition,
  kindSpec,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  systemOf,
} from "../../engine/scenario/index.ts";
import type { Item, Link } from "./layout/graph.ts";
import { type Layout, place } from "./layout/tree.ts";

/** Grid steps from a frame's border to what stands in it; its heading needs more above. */
const PADDING = 2;
const HEADING = 4;
const CLIENTS = ["producer", "consumer", "service"];
/** Wider labels are cut on the canvas anyway. */
const LABEL_ROOM_MAX = 16;
/** Rooms come in few widths, so that columns of neighbours stand below one another. */
const LABEL_ROOM_STEP = 4;
/** Grid steps that a character of a label takes, and the bare line on both sides of it. */
const CHARACTER = 0.45;
const LABEL_MARGIN = 4;

/**
 * Places all nodes by the flow of messages, left to right, in grid steps, without overlaps. Frames keep what stands in them and get its size. Locked nodes stay where they
 * are. The drawing keeps its top left corner.
 * @param only ids of nodes; when given, only these are moved, among those that stand in the same frame
 */
export function autoLayout(scenario: Scenario, only?: Iterable<string>): Scenario {
  const chosen = only === undefined ? null : new Set(only);
  return chosen === null ? layoutAll(scenario) : layoutChosen(scenario, chosen);
}

function layoutAll(scenario: Scenario): Scenario {
  const movable = scenario.nodes.filter((node) => node.locked !== true);
  const frames = movable.filter(isFrame);
  const [frame] = frames;
  const top = movable.filter((node) => node.parent === undefined);
  if (top.length === 0) return scenario;
  const corner = cornerOf(scenario, top);
  if (frame !== undefined && frames.length === 1) {
    const around = layoutAround(scenario, movable, frame, corner);
    if (around !== null) return around;
  }
  const moves = new Map<string, Move>();
  layoutLevel(scenario, movable, undefined, corner, moves);
  return moved(scenario, moves);
}

interface Move {
  x: number;
  y: number;
  w?: number;
  h?: number;
  /** Given only when it changes. */
  parent?: string | null;
}

/**
 * One frame: everything is placed as if it were not there, then it is drawn around its own. A broker's clients stay outside when there is room for that; when some would come
 * to lie between its queues, the frame takes all of them in (which frame a client stands in means nothing to a run).
 * @returns null when something else would lie in the frame
 */
function layoutAround(
  scenario: Scenario,
  movable: readonly ScenarioNode[],
  frame: ScenarioNode,
  corner: { x: number; y: number },
): Scenario | null {
  const nodes = movable.filter((node) => node !== frame);
  const isClient = (node: ScenarioNode) => systemOf(frame) !== undefined && CLIENTS.includes(node.kind);
  const own = nodes.filter((node) => node.parent === frame.id && !isClient(node));
  if (own.length === 0) return null;
  const { places } = place(nodes.map(itemOf), linksOf(scenario, nodes));
  const boxOf = (node: ScenarioNode) => ({ ...(places.get(node.id) as { x: number; y: number }), ...sizeOf(node) });
  let area = bounds(own.map(boxOf));
  const isInside = (node: ScenarioNode) => overlaps(area, boxOf(node));
  const clients = nodes.filter(isClient);
  const others = nodes.filter((node) => node.parent !== frame.id && !isClient(node));
  const takesAll = clients.some(isInside);
  if (takesAll) area = bounds([...own, ...clients].map(boxOf));
  if (others.some(isInside)) return null;
  const left = Math.min(area.x, ...nodes.map((node) => boxOf(node).x));
  const above = Math.min(area.y, ...nodes.map((node) => boxOf(node).y));
  const moves = new Map<string, Move>();
  const at = { x: corner.x - left + area.x, y: corner.y - above + area.y };
  moves.set(frame.id, { ...at, w: area.w, h: area.h });
  for (const node of nodes) {
    const { x, y } = boxOf(node);
    const inside = own.includes(node) || (takesAll && isClient(node));
    const parent = inside ? frame.id : null;
    if (inside) moves.set(node.id, { x: x - area.x, y: y - area.y, parent });
    else moves.set(node.id, { x: corner.x - left + x, y: corner.y - above + y, parent });
  }
  return moved(scenario, moves);
}

/** Several frames, or frames in frames: each is placed with what stands in it, then they are placed among the others as one node each. */
function layoutLevel(
  scenario: Scenario,
  movable: readonly ScenarioNode[],
  parent: string | undefined,
  corner: { x: number; y: number },
  moves: Map<string, Move>,
): Layout {
  const nodes = movable.filter((node) => node.parent === parent);
  const items = nodes.map((node) => {
    if (!isFrame(node)) return itemOf(node);
    const inner = layoutLevel(scenario, movable, node.id, { x: PADDING, y: HEADING }, moves);
    if (inner.places.size === 0) return itemOf(node);
    return { id: node.id, w: inner.w + 2 * PADDING, h: inner.h + HEADING + PADDING };
  });
  const layout = place(items, linksOf(scenario, nodes));
  for (const item of items) {
    const at = layout.places.get(item.id) as { x: number; y: number };
    const node = nodes.find((one) => one.id === item.id) as ScenarioNode;
    const size = isFrame(node) ? { w: item.w, h: item.h } : {};
    moves.set(item.id, { x: corner.x + at.x, y: corner.y + at.y, ...size });
  }
  return layout;
}

function layoutChosen(scenario: Scenario, chosen: ReadonlySet<string>): Scenario {
  const moves = new Map<string, Move>();
  const nodes = scenario.nodes.filter((node) => chosen.has(node.id) && node.locked !== true);
  for (const parent of new Set(nodes.map((node) => node.parent))) {
    const group = nodes.filter((node) => node.parent === parent);
    if (group.length < 2) continue;
    const left = Math.min(...group.map((node) => node.x));
    const top = Math.min(...group.map((node) => node.y));
    const { places } = place(group.map(itemOf), linksOf(scenario, group));
    for (const [id, { x, y }] of places) moves.set(id, { x: left + x, y: top + y });
  }
  return moved(scenario, moves);
}

function moved(scenario: Scenario, moves: ReadonlyMap<string, Move>): Scenario {
  let isChanged = false;
  const nodes = scenario.nodes.map((node) => {
    const to = moves.get(node.id);
    if (to === undefined) return node;
    const { parent, ...rest } = to;
    const next: ScenarioNode = { ...node, ...rest };
    if (parent === null) delete next.parent;
    else if (parent !== undefined) next.parent = parent;
    const same =
      next.x === node.x && next.y === node.y && next.w === node.w && next.h === node.h && next.parent === node.parent;
    if (same) return node;
    isChanged = true;
    return next;
  });
  return isChanged ? { ...scenario, nodes } : scenario;
}

const isFrame = (node: ScenarioNode): boolean => kindSpec(node.kind)?.container === true;

const sizeOf = (node: ScenarioNode): { w: number; h: number } => {
  const usual = kindSpec(node.kind)?.size ?? { w: 10, h: 5 };
  return { w: Math.ceil(node.w ?? usual.w), h: Math.ceil(node.h ?? usual.h) };
};

const itemOf = (node: ScenarioNode): Item => ({ id: node.id, ...sizeOf(node) });

/** Edges between these nodes, or between what stands in them. */
function linksOf(scenario: Scenario, nodes: readonly ScenarioNode[]): Link[] {
  const here = new Set(nodes.map((node) => node.id));
  const parents = new Map(scenario.nodes.map((node) => [node.id, node.parent]));
  const outer = (id: string): string | undefined => {
    let at: string | undefined = id;
    for (let depth = 0; at !== undefined && !here.has(at) && depth < 32; depth++) at = parents.get(at);
    return at;
  };
  return scenario.edges.flatMap((edge) => {
    const from = outer(edge.from);
    const to = outer(edge.to);
    if (from === undefined || to === undefined || !here.has(from) || !here.has(to)) return [];
    const isAside = edge.kind === "deadLetter" || edge.kind === "alternate";
    return [{ from, to, isAside, room: roomFor(labelOf(edge)) }];
  });
}

const roomFor = (label: string): number => {
  const needed = label.length * CHARACTER + LABEL_MARGIN;
  return Math.min(LABEL_ROOM_MAX, Math.ceil(needed / LABEL_ROOM_STEP) * LABEL_ROOM_STEP);
};

/** About what stands beside the line. */
function labelOf({ settings }: ScenarioEdge): string {
  if (settings === undefined) return "";
  const { key, routingKey, headers, group, pattern } = settings;
  if (typeof headers === "object" && headers !== null && !Array.isArray(headers))
    return Object.entries(headers).join(", ");
  return ([key, routingKey, group, pattern].find((label) => typeof label === "string") as string | undefined) ?? "";
}

interface Area {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A frame's border around boxes. */
function bounds(boxes: readonly Area[]): Area {
  const left = Math.min(...boxes.map((box) => box.x)) - PADDING;
  const top = Math.min(...boxes.map((box) => box.y)) - HEADING;
  const right = Math.max(...boxes.map((box) => box.x + box.w)) + PADDING;
  const bottom = Math.max(...boxes.map((box) => box.y + box.h)) + PADDING;
  return { x: left, y: top, w: right - left, h: bottom - top };
}

const overlaps = (a: Area, b: Area): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

function cornerOf(scenario: Scenario, nodes: readonly ScenarioNode[]): { x: number; y: number } {
  const places = nodes.map((node) => absolutePosition(scenario, node));
  return { x: Math.min(...places.map((at) => Math.round(at.x))), y: Math.min(...places.map((at) => Math.round(at.y))) };
}
