import { type Judgement, judge, type Wish } from "./connection-rules.ts";
import { FreshNames, idLetter } from "./names.ts";
import { kindSpec } from "./schema.ts";
import { foreignFrameOf, mayStandIn } from "./topology.ts";
import type { EdgeKind, NodeKind, Scenario, ScenarioEdge, ScenarioNode, Settings } from "./types.ts";

/** Edits are pure: they answer with a new document (the same object when nothing changed) and never touch the one they were given. */

export interface Place {
  /** Grid steps; relative to the parent frame when there is one. */
  x: number;
  y: number;
  parent?: string | undefined;
}

export interface NewNode extends Place {
  /** Default: `queue-1`, `queue-2`, … A name that is taken gets `-2`. */
  name?: string;
  settings?: Settings;
  w?: number;
  h?: number;
}

/** Adds a node of a known kind. Positions are rounded to the grid. In another system's frame it cannot stand: it then lies over it. */
export function addNode(scenario: Scenario, kind: NodeKind, at: NewNode): { scenario: Scenario; id: string } {
  const names = new FreshNames(scenario);
  const spec = kindSpec(kind);
  const id = names.id(idLetter(kind));
  const name = at.name === undefined ? names.numbered(spec?.defaultName ?? kind) : names.like(at.name);
  const foreign = foreignFrameOf(scenario, { kind, parent: at.parent }) !== undefined;
  const place: Place = foreign ? absolutePosition(scenario, at) : at;
  const size = spec?.container || kind === "note" ? { w: at.w ?? spec?.size.w, h: at.h ?? spec?.size.h } : {};
  const node: ScenarioNode = {
    id,
    kind,
    name,
    x: Math.round(place.x),
    y: Math.round(place.y),
    ...(size as { w?: number; h?: number }),
    ...(place.parent !== undefined && { parent: place.parent }),
    ...(at.settings && Object.keys(at.settings).length > 0 && { settings: at.settings }),
  };
  // Frames are drawn first, below what they hold.
  const nodes = spec?.container ? [node, ...scenario.nodes] : [...scenario.nodes, node];
  return { scenario: { ...scenario, nodes }, id };
}

export type Connected =
  | { ok: true; scenario: Scenario; id: string }
  | { ok: false; refused: Judgement & { ok: false } };

/** Draws an edge if `judge` allows it. A second dead-letter link or alternate takes the place of the first. */
export function connect(scenario: Scenario, from: string, to: string, wish: Wish = {}): Connected {
  const judgement = judge(scenario, from, to, wish);
  if (!judgement.ok) return { ok: false, refused: judgement };
  const edge: ScenarioEdge = {
    id: judgement.replaces ?? new FreshNames(scenario).id("e"),
    kind: judgement.kind,
    from,
    to,
    ...(wish.settings && Object.keys(wish.settings).length > 0 && { settings: wish.settings }),
  };
  const before = scenario.edges.find((other) => other.id === judgement.replaces);
  if (before === undefined) return { ok: true, scenario: withEdges(scenario, [...scenario.edges, edge]), id: edge.id };
  const moved: ScenarioEdge = { ...before, to, ...(edge.settings && { settings: edge.settings }) };
  const edges = scenario.edges.map((other) => (other === before ? moved : other));
  return { ok: true, scenario: withEdges(scenario, edges), id: edge.id };
}

/** Drags one end of an edge to another node. The edge keeps its id, and its settings while it stays of the same kind. */
export function reconnect(scenario: Scenario, edgeId: string, ends: { from?: string; to?: string }): Connected {
  const edge = scenario.edges.find((other) => other.id === edgeId);
  const from = ends.from ?? edge?.from ?? "";
  const to = ends.to ?? edge?.to ?? "";
  if (edge && from === edge.from && to === edge.to) return { ok: true, scenario, id: edgeId };
  const wish: Wish = { moving: edgeId, ...(edge?.settings && { settings: edge.settings }) };
  let judgement = judge(scenario, from, to, { ...wish, as: edge?.kind as EdgeKind });
  if (!judgement.ok) judgement = judge(scenario, from, to, wish);
  if (!judgement.ok) return { ok: false, refused: judgement };
  if (edge === undefined) return connect(scenario, from, to);
  const { kind, replaces } = judgement;
  const { settings, ...rest } = edge;
  const moved: ScenarioEdge = { ...rest, kind, from, to, ...(settings && kind === edge.kind && { settings }) };
  const edges = scenario.edges
    .filter((other) => other.id !== replaces)
    .map((other) => (other === edge ? moved : other));
  return { ok: true, scenario: withEdges(scenario, edges), id: edgeId };
}

const withEdges = (scenario: Scenario, edges: ScenarioEdge[]): Scenario => ({ ...scenario, edges });

/** Takes nodes and edges away, with the edges of the nodes and whatever the timeline and the alerts wanted of them. What stood in a removed frame stays where it is. */
export function remove(scenario: Scenario, ids: Iterable<string>): Scenario {
  const gone = new Set(ids);
  const nodes = scenario.nodes.filter((node) => !gone.has(node.id)).map((node) => leaveFrames(scenario, node, gone));
  const edges = scenario.edges.filter((edge) => !gone.has(edge.id) && !gone.has(edge.from) && !gone.has(edge.to));
  for (const edge of scenario.edges) if (gone.has(edge.from) || gone.has(edge.to)) gone.add(edge.id);
  if (nodes.length === scenario.nodes.length && edges.length === scenario.edges.length) return scenario;
  const timeline = scenario.timeline.filter((entry) => !gone.has(entry.target));
  const alerts = scenario.alerts.filter((rule) => !gone.has(rule.target));
  return { ...scenario, nodes, edges, timeline, alerts };
}

function leaveFrames(scenario: Scenario, node: ScenarioNode, gone: ReadonlySet<string>): ScenarioNode {
  let { x, y, parent } = node;
  for (let depth = 0; parent !== undefined && gone.has(parent) && depth < scenario.nodes.length; depth++) {
    const id: string = parent;
    const frame = scenario.nodes.find((other) => other.id === id);
    x += frame?.x ?? 0;
    y += frame?.y ?? 0;
    parent = frame?.parent;
  }
  return parent === node.parent ? node : place(node, { x, y, parent });
}

function place(node: ScenarioNode, at: Place): ScenarioNode {
  const { parent: _, ...rest } = node;
  return { ...rest, x: Math.round(at.x), y: Math.round(at.y), ...(at.parent !== undefined && { parent: at.parent }) };
}

/**
 * Moves nodes. @param moves by node id; a `parent` that is given (also undefined) replaces the node's frame, unless it is another system's: then the node goes there and
 * keeps the frame it had
 */
export function moveNodes(scenario: Scenario, moves: ReadonlyMap<string, Place>): Scenario {
  let changed = false;
  const nodes = scenario.nodes.map((node) => {
    const wanted = moves.get(node.id);
    if (wanted === undefined) return node;
    const to =
      "parent" in wanted && !mayStandIn(scenario, node, wanted.parent) ? beside(scenario, node, wanted) : wanted;
    const parent = "parent" in to ? to.parent : node.parent;
    if (Math.round(to.x) === node.x && Math.round(to.y) === node.y && parent === node.parent) return node;
    changed = true;
    return place(node, { x: to.x, y: to.y, parent });
  });
  return changed ? { ...scenario, nodes } : scenario;
}

/** The same place on the canvas, told from the frame that the node stands in. */
function beside(scenario: Scenario, node: ScenarioNode, at: Place): Place {
  const there = absolutePosition(scenario, at);
  const home = absolutePosition(scenario, { x: 0, y: 0, parent: node.parent });
  return { x: there.x - home.x, y: there.y - home.y, parent: node.parent };
}

/** Size of a frame or note, in grid steps. */
export function resizeNode(scenario: Scenario, id: string, size: { w: number; h: number }): Scenario {
  const w = Math.max(1, Math.round(size.w));
  const h = Math.max(1, Math.round(size.h));
  return change(scenario, id, (node) => (node.w === w && node.h === h ? node : { ...node, w, h }));
}

export function setLocked(scenario: Scenario, ids: Iterable<string>, locked: boolean): Scenario {
  const wanted = new Set(ids);
  let changed = false;
  const nodes = scenario.nodes.map((node) => {
    if (!wanted.has(node.id) || (node.locked ?? false) === locked) return node;
    changed = true;
    const { locked: _, ...rest } = node;
    return locked ? { ...rest, locked } : rest;
  });
  return changed ? { ...scenario, nodes } : scenario;
}

/** Folds frames to one node each, or unfolds them; what stands in them keeps its place. Other nodes have nothing to fold. */
export function setFolded(scenario: Scenario, ids: Iterable<string>, folded: boolean): Scenario {
  const wanted = new Set(ids);
  let changed = false;
  const nodes = scenario.nodes.map((node) => {
    const isOther = (node.folded ?? false) !== folded && kindSpec(node.kind)?.container === true;
    if (!wanted.has(node.id) || !isOther) return node;
    changed = true;
    const { folded: _, ...rest } = node;
    return folded ? { ...rest, folded } : rest;
  });
  return changed ? { ...scenario, nodes } : scenario;
}

function change(scenario: Scenario, id: string, to: (node: ScenarioNode) => ScenarioNode): Scenario {
  const before = scenario.nodes.find((node) => node.id === id);
  if (before === undefined) return scenario;
  const after = to(before);
  if (after === before) return scenario;
  return { ...scenario, nodes: scenario.nodes.map((node) => (node === before ? after : node)) };
}

/** Position on the canvas, in grid steps, whatever frames the node stands in. */
export function absolutePosition(scenario: Scenario, node: Place): { x: number; y: number } {
  let { x, y, parent } = node;
  for (let depth = 0; parent !== undefined && depth < 32; depth++) {
    const id: string = parent;
    const frame = scenario.nodes.find((other) => other.id === id);
    x += frame?.x ?? 0;
    y += frame?.y ?? 0;
    parent = frame?.parent;
  }
  return { x, y };
}
