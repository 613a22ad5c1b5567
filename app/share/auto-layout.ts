import dagre from "@dagrejs/dagre";
import { kindSpec, type Scenario, type ScenarioEdge, type ScenarioNode } from "../../engine/scenario/index.ts";

/** Grid steps between things: room for labels across, less down. */
const GAP_ACROSS = 8;
const GAP_DOWN = 2;
/** Between a client and the one thing that it feeds or reads. */
const GAP_CLIENT = 5;
const GAP_PARTS = 5;
const FRAME = { left: 3, top: 4, right: 3, bottom: 3 };
/** Pictures are wider than high; a rank higher than this part of the picture's side is broken into columns. */
const ASPECT = 1.7;
const COLUMN_HEIGHT_MIN = 64;

interface Box {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

/**
 * Arranges a document from left to right along the flow. Clients that touch one thing only stand beside it; parts that are not connected are packed; contents of frames
 * are arranged inside, and the frame is sized around them. Notes stay where they are. The same document always gives the same picture.
 * @returns a document with other positions (and frame sizes), in whole grid steps
 */
export function autoLayout(scenario: Scenario): Scenario {
  const placed = new Map<string, Box>();
  const inside = new Map<string, ScenarioNode[]>();
  const ids = new Set(scenario.nodes.map((node) => node.id));
  for (const node of scenario.nodes) {
    const parent = node.parent !== undefined && ids.has(node.parent) ? node.parent : "";
    const list = inside.get(parent) ?? [];
    list.push(node);
    inside.set(parent, list);
  }
  // From the innermost frames outwards, so that a frame's size is known when it is placed.
  const arrange = (frame: string, depth: number): { w: number; h: number } => {
    const own = (inside.get(frame) ?? []).filter((node) => node.kind !== "note");
    const boxes = own.map((node): Box => {
      if (inside.has(node.id) && depth < 32) {
        const content = arrange(node.id, depth + 1);
        const w = content.w + FRAME.left + FRAME.right;
        return { id: node.id, x: 0, y: 0, w, h: content.h + FRAME.top + FRAME.bottom };
      }
      return { id: node.id, x: 0, y: 0, ...sizeOf(node) };
    });
    const ancestor = ancestorsIn(scenario, frame, inside);
    const edges = scenario.edges
      .map((edge) => ({ ...edge, from: ancestor(edge.from), to: ancestor(edge.to) }))
      .filter((edge) => edge.from !== "" && edge.to !== "" && edge.from !== edge.to);
    const clients = new Set(own.filter(isClient).map((node) => node.id));
    const size = arrangeGroup(boxes, edges, clients);
    for (const box of boxes) placed.set(box.id, box);
    return size;
  };
  arrange("", 0);
  const nodes = scenario.nodes.map((node): ScenarioNode => {
    const box = placed.get(node.id);
    if (box === undefined) return node;
    const isFrame = inside.has(node.id);
    const margin = node.parent !== undefined && ids.has(node.parent) ? { x: FRAME.left, y: FRAME.top } : { x: 0, y: 0 };
    const at = { x: Math.round(box.x) + margin.x, y: Math.round(box.y) + margin.y };
    return isFrame ? { ...node, ...at, w: Math.round(box.w), h: Math.round(box.h) } : { ...node, ...at };
  });
  return { ...scenario, nodes };
}

const isClient = (node: ScenarioNode): boolean => node.kind === "producer" || node.kind === "consumer";

function sizeOf(node: ScenarioNode): { w: number; h: number } {
  const usual = kindSpec(node.kind)?.size ?? { w: 10, h: 5 };
  return { w: node.w ?? usual.w, h: node.h ?? usual.h };
}

/** For each node the member of `frame` that it is, or stands in; "" when it stands elsewhere. */
function ancestorsIn(scenario: Scenario, frame: string, inside: Map<string, ScenarioNode[]>): (id: string) => string {
  const members = new Set((inside.get(frame) ?? []).map((node) => node.id));
  const parents = new Map(scenario.nodes.map((node) => [node.id, node.parent ?? ""]));
  return (id) => {
    let at = id;
    for (let depth = 0; depth < 32 && at !== ""; depth++) {
      if (members.has(at)) return at;
      at = parents.get(at) ?? "";
    }
    return "";
  };
}

type Edge = Pick<ScenarioEdge, "from" | "to">;

/** A thing with the clients that belong to it alone, placed as one. */
interface Unit extends Box {
  core: Box;
  before: Box[];
  after: Box[];
}

/** Places boxes around the origin. @returns the size of the whole */
function arrangeGroup(boxes: Box[], edges: Edge[], clients: Set<string>): { w: number; h: number } {
  if (boxes.length === 0) return { w: 12, h: 6 };
  const units = glue(boxes, edges, clients);
  const unitOf = new Map<string, Unit>();
  for (const unit of units) for (const box of [unit.core, ...unit.before, ...unit.after]) unitOf.set(box.id, unit);
  const links: { from: Unit; to: Unit }[] = [];
  for (const edge of edges) {
    const from = unitOf.get(edge.from);
    const to = unitOf.get(edge.to);
    if (from !== undefined && to !== undefined && from !== to) links.push({ from, to });
  }
  const parts = components(units, links).map((part) => {
    const members = new Set(part);
    return {
      units: part,
      ...layer(
        part,
        links.filter(({ from }) => members.has(from)),
      ),
    };
  });
  const size = pack(parts);
  for (const unit of units) open(unit);
  return size;
}

/** Clients with one connection stand left (producers) or right (consumers) of what they are connected to. */
function glue(boxes: Box[], edges: Edge[], clients: Set<string>): Unit[] {
  const neighbours = new Map<string, Set<string>>();
  const isSource = new Set(edges.map((edge) => edge.from));
  for (const { from, to } of edges) {
    neighbours.set(from, (neighbours.get(from) ?? new Set()).add(to));
    neighbours.set(to, (neighbours.get(to) ?? new Set()).add(from));
  }
  const units = new Map<string, Unit>();
  const glued: Box[] = [];
  for (const box of boxes) {
    const only = neighbours.get(box.id);
    if (clients.has(box.id) && only?.size === 1 && !clients.has([...only][0] as string)) glued.push(box);
    else units.set(box.id, { ...box, core: box, before: [], after: [] });
  }
  for (const box of glued) {
    const unit = units.get([...(neighbours.get(box.id) ?? [])][0] as string);
    if (unit === undefined) units.set(box.id, { ...box, core: box, before: [], after: [] });
    else (isSource.has(box.id) ? unit.before : unit.after).push(box);
  }
  for (const unit of units.values()) {
    unit.w = side(unit.before) + unit.core.w + side(unit.after);
    unit.h = Math.max(unit.core.h, stack(unit.before), stack(unit.after));
  }
  return [...units.values()];
}

const stack = (boxes: Box[]): number =>
  boxes.reduce((sum, box) => sum + box.h + GAP_DOWN, 0) - (boxes.length && GAP_DOWN);
const widest = (boxes: Box[]): number => boxes.reduce((max, box) => Math.max(max, box.w), 0);
const side = (boxes: Box[]): number => (boxes.length === 0 ? 0 : widest(boxes) + GAP_CLIENT);

/** Gives the members of a placed unit their own places. */
function open(unit: Unit): void {
  const left = side(unit.before);
  unit.core.x = unit.x + left;
  unit.core.y = unit.y + (unit.h - unit.core.h) / 2;
  const column = (boxes: Box[], x: number, alignRight: boolean) => {
    let y = unit.y + (unit.h - stack(boxes)) / 2;
    for (const box of boxes) {
      box.x = alignRight ? x + widest(boxes) - box.w : x;
      box.y = y;
      y += box.h + GAP_DOWN;
    }
  };
  column(unit.before, unit.x, true);
  column(unit.after, unit.core.x + unit.core.w + GAP_CLIENT, false);
}

/** Connected parts, in the order of their first member. */
function components(units: Unit[], links: { from: Unit; to: Unit }[]): Unit[][] {
  const group = new Map(units.map((unit) => [unit, unit]));
  const find = (unit: Unit): Unit => {
    let at = unit;
    for (let up = group.get(at) as Unit; up !== at; up = group.get(at) as Unit) at = up;
    group.set(unit, at);
    return at;
  };
  for (const { from, to } of links) group.set(find(to), find(from));
  const parts = new Map<Unit, Unit[]>();
  for (const unit of units) {
    const root = find(unit);
    parts.set(root, [...(parts.get(root) ?? []), unit]);
  }
  return [...parts.values()];
}

/** Layers of one connected part, left to right; ranks that are too high become several columns. @returns the part's size */
function layer(units: Unit[], links: { from: Unit; to: Unit }[]): { w: number; h: number } {
  const graph = new dagre.graphlib.Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: GAP_DOWN, ranksep: GAP_ACROSS, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const unit of units) graph.setNode(unit.id, { width: unit.w, height: unit.h });
  for (const { from, to } of links) graph.setEdge(from.id, to.id);
  dagre.layout(graph);
  for (const unit of units) {
    const { x, y } = graph.node(unit.id);
    unit.x = x - unit.w / 2;
    unit.y = y - unit.h / 2;
  }
  fold(units, (unit) => graph.node(unit.id).x);
  const left = Math.min(...units.map((unit) => unit.x));
  const top = Math.min(...units.map((unit) => unit.y));
  for (const unit of units) {
    unit.x -= left;
    unit.y -= top;
  }
  return {
    w: Math.max(...units.map((unit) => unit.x + unit.w)),
    h: Math.max(...units.map((unit) => unit.y + unit.h)),
  };
}

/** Breaks ranks that are too high into columns and moves what follows to the right. */
function fold(units: Unit[], rankOf: (unit: Unit) => number): void {
  const area = units.reduce((sum, unit) => sum + (unit.w + GAP_ACROSS) * (unit.h + GAP_DOWN), 0);
  const limit = Math.max(COLUMN_HEIGHT_MIN, Math.sqrt(area / ASPECT));
  const ranks = new Map<number, Unit[]>();
  for (const unit of units) ranks.set(rankOf(unit), [...(ranks.get(rankOf(unit)) ?? []), unit]);
  const ordered = [...ranks].sort(([a], [b]) => a - b).map(([, rank]) => rank.sort((a, b) => a.y - b.y));
  if (ordered.every((rank) => stack(rank) <= limit * 1.3)) return;
  let x = 0;
  for (const rank of ordered) {
    const columns = Math.max(1, Math.ceil(stack(rank) / limit));
    const target = stack(rank) / columns;
    let column: Unit[] = [];
    const close = () => {
      const w = widest(column);
      let y = -stack(column) / 2;
      for (const unit of column) {
        unit.x = x;
        unit.y = y;
        y += unit.h + GAP_DOWN;
      }
      x += w + GAP_ACROSS;
      column = [];
    };
    for (const unit of rank) {
      if (column.length > 0 && stack([...column, unit]) > target + unit.h) close();
      column.push(unit);
    }
    if (column.length > 0) close();
  }
}

/** Puts parts into rows like books on shelves, the highest first. @returns the size of all */
function pack(parts: { units: Unit[]; w: number; h: number }[]): { w: number; h: number } {
  const area = parts.reduce((sum, { w, h }) => sum + (w + GAP_PARTS) * (h + GAP_PARTS), 0);
  const width = Math.max(...parts.map(({ w }) => w), Math.sqrt(area * ASPECT));
  const order = parts.map((part, index) => ({ part, index }));
  order.sort((a, b) => b.part.h - a.part.h || a.index - b.index);
  let x = 0;
  let y = 0;
  let row = 0;
  let right = 0;
  for (const { part } of order) {
    if (x > 0 && x + part.w > width) {
      x = 0;
      y += row + GAP_PARTS;
      row = 0;
    }
    for (const unit of part.units) {
      unit.x += x;
      unit.y += y;
    }
    right = Math.max(right, x + part.w);
    row = Math.max(row, part.h);
    x += part.w + GAP_PARTS;
  }
  return { w: Math.ceil(right), h: Math.ceil(y + row) };
}
