import type { Edge, Node } from "@xyflow/react";
import {
  groupFrameOf,
  kindSpec,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  settingsOf,
} from "../../engine/scenario/index.ts";
import { endsOf } from "./ends.ts";
import { GRID } from "./geometry.ts";

/** The document as the flow library wants it. Positions in px; nothing here changes while the run runs. */

export type FaceName =
  | "producer"
  | "exchange"
  | "queue"
  | "store"
  | "socket"
  | "consumer"
  | "frame"
  | "folded"
  | "note"
  | "unknown";

export interface NodeData extends Record<string, unknown> {
  node: ScenarioNode;
}
export type FlowNode = Node<NodeData, FaceName>;

export interface EdgeData extends Record<string, unknown> {
  edge: ScenarioEdge;
  /** px to one side, so that parallel edges do not hide each other. */
  bow: number;
  /** Where on its way the label stands, 0…1: those of parallel edges one behind the other. */
  labelAt: number;
  /** What the line says by itself: a binding or routing key, a group, a pattern; of a stream's dead letters, after how many deliveries. */
  label: string;
  /** Whether a double-click edits that label, and as what. */
  asks: "key" | "weight" | "routingKey" | "group" | "pattern" | null;
  /** Of a line that ends at a folded frame: the connections that it stands for, one or several. */
  members?: readonly ScenarioEdge[];
}
export type FlowEdge = Edge<EdgeData, "link" | "bundle">;

const FACES: Record<string, FaceName> = {
  producer: "producer",
  exchange: "exchange",
  queue: "queue",
  consumer: "consumer",
  service: "consumer",
  broker: "frame",
  list: "queue",
  stream: "store",
  channel: "store",
  redis: "frame",
  topic: "store",
  group: "frame",
  cluster: "frame",
  rmqTopic: "store",
  rmqGroup: "frame",
  brokerSet: "frame",
  socket: "socket",
  proxy: "socket",
  frame: "frame",
  note: "note",
};
const UNKNOWN_SIZE = { w: 10, h: 5 };
/** Of a folded frame, whatever its size is unfolded. */
export const FOLDED_SIZE = { w: 14, h: 7 };
const PARALLEL = 30;
const LABEL_STEP = 0.17;
const LABEL_NEAR = 0.3;
const OUR_TAB = { tabIndex: -1 };

export const faceOf = (kind: string): FaceName => (Object.hasOwn(FACES, kind) ? (FACES[kind] as FaceName) : "unknown");

/** Size on the canvas in grid steps. */
export function sizeOf(node: ScenarioNode): { w: number; h: number } {
  if (node.folded) return FOLDED_SIZE;
  const size = kindSpec(node.kind)?.size ?? UNKNOWN_SIZE;
  return { w: node.w ?? size.w, h: node.h ?? size.h };
}

const isContainer = (node: ScenarioNode): boolean => kindSpec(node.kind)?.container === true;

function depthOf(scenario: Scenario, node: ScenarioNode): number {
  let depth = 0;
  for (let at: ScenarioNode | undefined = node; at?.parent !== undefined && depth < 32; depth++) {
    const { parent }: ScenarioNode = at;
    at = scenario.nodes.find((other) => other.id === parent);
  }
  return depth;
}

/** Nodes for the flow: frames first (outer before inner), then in flow order, which is the order of the Tab key. Unchanged nodes keep their objects. */
export function flowNodes(scenario: Scenario, before: ReadonlyMap<string, FlowNode>): FlowNode[] {
  const order = new Map(flowOrder(scenario).map((id, i) => [id, i]));
  const known = new Set(scenario.nodes.map((node) => node.id));
  const sorted = [...scenario.nodes].sort((a, b) => {
    const [frameA, frameB] = [isContainer(a), isContainer(b)];
    if (frameA !== frameB) return frameA ? -1 : 1;
    if (frameA) return depthOf(scenario, a) - depthOf(scenario, b);
    return (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0);
  });
  return sorted.map((node) => {
    const old = before.get(node.id);
    if (old?.data.node === node) return old;
    const { w, h } = sizeOf(node);
    const isFrame = isContainer(node);
    const face = faceOf(node.kind);
    const size = { width: w * GRID, height: h * GRID };
    const made: FlowNode = {
      ...(old && { selected: old.selected }),
      id: node.id,
      type: face,
      position: { x: node.x * GRID, y: node.y * GRID },
      ...size,
      // Known beforehand, so that nothing has to be measured on the page, and the lines are drawn with the nodes.
      measured: size,
      handles: endsOf({ face, kind: node.kind, isFolded: node.folded === true, ...size }),
      data: { node },
      // The Tab key is ours: it walks in flow order and leaves at the ends (see Walk).
      focusable: false,
      ariaRole: "group",
      domAttributes: OUR_TAB,
      draggable: node.locked !== true,
      zIndex: isFrame ? -1 : 0,
      ...(node.parent !== undefined && known.has(node.parent) && { parentId: node.parent }),
    };
    return made;
  });
}

export function flowEdges(scenario: Scenario, before: ReadonlyMap<string, FlowEdge>): FlowEdge[] {
  const nodes = new Map(scenario.nodes.map((node) => [node.id, node]));
  const lanes = new Map<string, number>();
  const totals = new Map<string, number>();
  const pair = (edge: ScenarioEdge) => [edge.from, edge.to].sort().join(" ");
  for (const edge of scenario.edges) totals.set(pair(edge), (totals.get(pair(edge)) ?? 0) + 1);
  const made: FlowEdge[] = [];
  for (const edge of scenario.edges) {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    if (!from || !to) continue;
    const name = pair(edge);
    const lane = lanes.get(name) ?? 0;
    lanes.set(name, lane + 1);
    const offset = lane - ((totals.get(name) ?? 1) - 1) / 2;
    const bow = offset * PARALLEL * (edge.from < edge.to ? 1 : -1);
    // What leaves below soon passes behind other nodes: its label stays near.
    const leavesBelow = edge.kind === "deadLetter" || edge.kind === "alternate";
    const labelAt = leavesBelow ? LABEL_NEAR : Math.min(0.8, Math.max(0.2, 0.5 + offset * LABEL_STEP));
    const isGrouped = groupFrameOf(scenario, to, from.kind) !== undefined;
    const { label, asks } = labelOf(edge, from, to, isGrouped);
    const handles = handlesOf(edge, from, to);
    const old = before.get(edge.id);
    const isSame =
      old?.data?.edge === edge &&
      old.data.bow === bow &&
      old.data.labelAt === labelAt &&
      old.data.label === label &&
      old.data.asks === asks &&
      old.sourceHandle === handles.sourceHandle &&
      old.targetHandle === handles.targetHandle;
    if (isSame && old) {
      made.push(old);
      continue;
    }
    made.push({
      ...(old && { selected: old.selected }),
      id: edge.id,
      type: "link",
      source: edge.from,
      target: edge.to,
      ...handles,
      data: { edge, bow, labelAt, label, asks },
      focusable: false,
      ariaRole: "group",
      ariaLabel: null as never,
      domAttributes: OUR_TAB,
      reconnectable: from.locked !== true && to.locked !== true,
      zIndex: 0,
    });
  }
  return made;
}

/** Dead-letter links and alternates leave below, so that the main road stays straight. They arrive on top of what stands below, and from below in what stands behind. */
function handlesOf(edge: ScenarioEdge, from: ScenarioNode, to: ScenarioNode) {
  if (edge.kind !== "deadLetter" && edge.kind !== "alternate") return { sourceHandle: "out", targetHandle: "in" };
  const isNear = from.parent === to.parent;
  if (isNear && to.y > from.y + sizeOf(from).h && to.x < from.x + sizeOf(from).w)
    return { sourceHandle: "down", targetHandle: "above" };
  const isBehind = isNear && to.x < from.x + sizeOf(from).w / 2;
  return { sourceHandle: "down", targetHandle: isBehind ? "below" : "in" };
}

const isTopic = ({ kind }: ScenarioNode): boolean => kind === "topic" || kind === "rmqTopic";

function labelOf(
  edge: ScenarioEdge,
  from: ScenarioNode,
  to: ScenarioNode,
  isGrouped: boolean,
): { label: string; asks: EdgeData["asks"] } {
  const settings = settingsOf(edge);
  if (edge.kind === "consume" && (from.kind === "stream" || from.kind === "channel" || isTopic(from))) {
    // Around a member of a group stands the group's frame, which has its name.
    if (isGrouped) return { label: "", asks: null };
    const asks = from.kind === "channel" ? "pattern" : "group";
    return { label: String(settings[asks] ?? ""), asks };
  }
  if (edge.kind === "deadLetter" && from.kind === "stream")
    return { label: String(settingsOf(from).maxDeliveries ?? "∞"), asks: null };
  if (edge.kind === "publish" && (to.kind === "exchange" || to.kind === "channel")) {
    const key = settings.routingKey;
    return { label: typeof key === "string" ? key : "", asks: "routingKey" };
  }
  if (edge.kind !== "binding") return { label: "", asks: null };
  switch (settingsOf(from).type) {
    case "fanout":
    case "x-random":
    case "x-local-random":
    case "x-recent-history":
      return { label: "", asks: null };
    case "headers":
      return { label: headerLabel(settings.headers, String(settings.match)), asks: null };
    case "x-consistent-hash":
      return { label: `×${settings.weight}`, asks: "weight" };
    default:
      return { label: String(settings.key ?? ""), asks: "key" };
  }
}

function headerLabel(headers: unknown, match: string): string {
  const pairs = Object.entries((headers ?? {}) as Record<string, unknown>).map(([name, value]) => `${name}=${value}`);
  return pairs.join(match.startsWith("any") ? " | " : " & ");
}

/** Ids of the nodes that do something, in the order in which messages reach them: each stream to its end before the next begins, from top to bottom. */
export function flowOrder(scenario: Scenario): string[] {
  const place = new Map(scenario.nodes.map((node) => [node.id, node]));
  const byPlace = (a: string, b: string) => {
    const [p, q] = [place.get(a), place.get(b)];
    return (p?.y ?? 0) - (q?.y ?? 0) || (p?.x ?? 0) - (q?.x ?? 0) || (a < b ? -1 : 1);
  };
  const next = new Map<string, string[]>();
  const isFed = new Set<string>();
  for (const edge of scenario.edges) {
    if (!place.has(edge.from) || !place.has(edge.to)) continue;
    next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
    if (["publish", "binding", "consume", "pipe"].includes(edge.kind)) isFed.add(edge.to);
  }
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (start: string) => {
    const waiting = [start];
    while (waiting.length > 0) {
      const id = waiting.pop() as string;
      if (seen.has(id)) continue;
      seen.add(id);
      order.push(id);
      waiting.push(...(next.get(id) ?? []).filter((other) => !seen.has(other)).sort((a, b) => byPlace(b, a)));
    }
  };
  const ids = scenario.nodes.map((node) => node.id).sort(byPlace);
  for (const id of ids) if (!isFed.has(id)) visit(id);
  // What is left stands in a circle without a beginning.
  for (const id of ids) visit(id);
  return order;
}
