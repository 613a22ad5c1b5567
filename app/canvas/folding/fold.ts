import { kindSpec, type Scenario, type ScenarioEdge, type ScenarioNode } from "../../../engine/scenario/index.ts";

/** What of a document is drawn while frames are folded. Pure: a document and what is folded in it give a drawing, which is a document again. */

/** Frames that this page shows folded or unfolded whatever the document says: for whoever may only look. */
export type Folds = Readonly<Record<string, boolean>>;

export interface Folding {
  /** The document as it is drawn: without what stands in folded frames, its connections led to their borders, several between the same two ends as one. */
  scenario: Scenario;
  /** Nodes and edges out of sight → the folded frame that stands for them, the outermost of several. */
  hosts: ReadonlyMap<string, string>;
  /** Folded frames that are drawn → the nodes in them, in frames in them too. */
  inside: ReadonlyMap<string, readonly ScenarioNode[]>;
  /** Lines that stand for several connections. */
  bundles: ReadonlyMap<string, readonly ScenarioEdge[]>;
  /** Lines that end at a folded frame and stand for one connection, which keeps its id → that connection. */
  led: ReadonlyMap<string, ScenarioEdge>;
}

const NONE: Folds = {};

/** Whether a node is drawn folded; only frames are, whatever a file says. */
export const isFolded = (node: ScenarioNode, folds: Folds = NONE): boolean =>
  kindSpec(node.kind)?.container === true && (folds[node.id] ?? node.folded === true);

/** No id has this character. */
const lineId = (from: string, to: string): string => `${from}>${to}`;

/** @returns null when the document is drawn as it is */
export function fold(scenario: Scenario, folds: Folds = NONE): Folding | null {
  const { nodes } = scenario;
  if (!nodes.some((node) => node.folded === true || isFolded(node, folds))) return null;
  const hosts = new Map<string, string>();
  const inside = new Map<string, ScenarioNode[]>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const drawn: ScenarioNode[] = [];
  for (const node of nodes) {
    const host = outermost(node, byId, folds);
    if (host !== undefined) {
      hosts.set(node.id, host);
      inside.set(host, [...(inside.get(host) ?? []), node]);
      continue;
    }
    const folded = isFolded(node, folds);
    if (folded) inside.set(node.id, inside.get(node.id) ?? []);
    drawn.push(folded === (node.folded === true) ? node : { ...node, folded });
  }
  const lines = new Map<string, ScenarioEdge[]>();
  for (const edge of scenario.edges) {
    const from = hosts.get(edge.from) ?? edge.from;
    const to = hosts.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) lines.set(edge.id, [edge]);
    else if (from === to) hosts.set(edge.id, from);
    else lines.set(lineId(from, to), [...(lines.get(lineId(from, to)) ?? []), edge]);
  }
  const bundles = new Map<string, readonly ScenarioEdge[]>();
  const led = new Map<string, ScenarioEdge>();
  const edges = [...lines].map(([id, members]): ScenarioEdge => {
    const [first] = members as [ScenarioEdge];
    if (id === first.id) return first;
    const ends = { from: hosts.get(first.from) ?? first.from, to: hosts.get(first.to) ?? first.to };
    if (members.length === 1) {
      led.set(first.id, first);
      return { ...first, ...ends };
    }
    bundles.set(id, members);
    // What is asked of a line by its kind (where it leaves, how it is dashed) is true of it only when all are alike.
    const kind = members.every((edge) => edge.kind === first.kind) ? first.kind : "publish";
    return { id, kind, ...ends };
  });
  return { scenario: { ...scenario, nodes: drawn, edges }, hosts, inside, bundles, led };
}

/** The outermost folded frame around a node; undefined when there is none, or the frames stand in one another in a circle. */
function outermost(node: ScenarioNode, byId: ReadonlyMap<string, ScenarioNode>, folds: Folds): string | undefined {
  let found: string | undefined;
  for (let at = node, depth = 0; at.parent !== undefined && depth < 32; depth++) {
    const frame = byId.get(at.parent);
    if (frame === undefined || frame === node) return found;
    if (isFolded(frame, folds)) found = frame.id;
    at = frame;
  }
  return found;
}

/** The folded frames around a node or edge: they are to be unfolded for it to be seen. */
export function framesAround(scenario: Scenario, id: string, folds: Folds = NONE): string[] {
  const byId = new Map(scenario.nodes.map((node) => [node.id, node]));
  const edge = scenario.edges.find((one) => one.id === id);
  const starts = edge === undefined ? [id] : [edge.from, edge.to];
  const around = new Set<string>();
  for (const start of starts) {
    let at = byId.get(start);
    for (let depth = 0; at?.parent !== undefined && depth < 32; depth++) {
      at = byId.get(at.parent);
      if (at !== undefined && isFolded(at, folds)) around.add(at.id);
    }
  }
  return [...around];
}

/** A kind that is no frame to whoever places nodes. */
const LEAF = "folded";

/**
 * Lets nodes be placed as they are drawn: a folded frame is one node of a node's size, and what stands in it comes along where it stood.
 * @param size of a folded frame, grid steps @param place gives nodes of the drawing other places
 */
export function placeDrawn(
  scenario: Scenario,
  size: { w: number; h: number },
  place: (drawn: Scenario) => Scenario,
): Scenario {
  const folding = fold(scenario);
  if (folding === null) return place(scenario);
  const shut = folding.inside;
  const nodes = folding.scenario.nodes.map((node) => (shut.has(node.id) ? { ...node, ...size, kind: LEAF } : node));
  const before = { ...folding.scenario, nodes };
  const after = place(before);
  if (after === before) return scenario;
  const places = new Map(after.nodes.map((node) => [node.id, node]));
  return {
    ...scenario,
    nodes: scenario.nodes.map((node) => {
      const to = places.get(node.id);
      if (to === undefined) return node;
      const { parent: _, ...rest } = node;
      const own = shut.has(node.id) ? {} : { w: to.w, h: to.h };
      const next = { ...rest, x: to.x, y: to.y, ...(to.parent !== undefined && { parent: to.parent }), ...own };
      const isSame = (["x", "y", "w", "h", "parent"] as const).every((name) => next[name] === node[name]);
      // A document has no fields without a value.
      return isSame ? node : (JSON.parse(JSON.stringify(next)) as ScenarioNode);
    }),
  };
}
