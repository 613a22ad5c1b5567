import {
  absolutePosition,
  addNode,
  connect,
  connectNew,
  type EdgeKind,
  type Fix,
  foreignFrameOf,
  judge,
  kindSpec,
  legalTargets,
  moveNodes,
  type NodeKind,
  reconnect,
  remove,
  type Scenario,
  type ScenarioNode,
  settingsBeside,
} from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { canvas } from "./control.ts";
import { drawnOf, standIn } from "./drawing.ts";
import { sizeOf } from "./flow-model.ts";
import { type Box, GRID, type Point } from "./geometry.ts";
import { useCanvas } from "./state.ts";

/** What the hand does to the document: each is one undo step, and says why when it is refused. */

/** Free steps between a node and the one that is put beside it. */
const GAP = 6;
const doc = () => useDocument.getState();

export const boxOf = (scenario: Scenario, node: ScenarioNode): Box => ({
  ...absolutePosition(scenario, node),
  ...sizeOf(node),
});

/** A frame that others can be put into: a folded one is a node among nodes. */
export const isGround = ({ kind, folded }: ScenarioNode): boolean =>
  kindSpec(kind)?.container === true && folded !== true;

/** The innermost frame at a place, grid steps. @param scenario as it is drawn @param except nodes that cannot hold themselves */
export function frameAt(
  scenario: Scenario,
  at: Point,
  except: ReadonlySet<string> = new Set(),
): ScenarioNode | undefined {
  let found: { node: ScenarioNode; area: number } | undefined;
  for (const node of scenario.nodes) {
    if (except.has(node.id) || !isGround(node)) continue;
    const box = boxOf(scenario, node);
    if (at.x < box.x || at.y < box.y || at.x > box.x + box.w || at.y > box.y + box.h) continue;
    const area = box.w * box.h;
    if (!found || area < found.area) found = { node, area };
  }
  return found?.node;
}

/** The place of a new node relative to the frame it falls into. @param at its top left corner, grid steps */
function placeIn(scenario: Scenario, kind: NodeKind, at: Point): { x: number; y: number; parent?: string } {
  const size = kindSpec(kind)?.size ?? { w: 0, h: 0 };
  if (kindSpec(kind)?.container) return at;
  const frame = frameAt(drawnOf(scenario), { x: at.x + size.w / 2, y: at.y + size.h / 2 });
  if (!frame) return at;
  const origin = absolutePosition(scenario, frame);
  return { x: at.x - origin.x, y: at.y - origin.y, parent: frame.id };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w + 1 && b.x < a.x + a.w + 1 && a.y < b.y + b.h + 1 && b.y < a.y + a.h + 1;

/** The nearest free place below a wanted one. */
function freePlace(scenario: Scenario, kind: NodeKind, at: Point): Point {
  const size = kindSpec(kind)?.size ?? { w: 10, h: 5 };
  const others = drawnOf(scenario)
    .nodes.filter((node) => !isGround(node))
    .map((n) => boxOf(scenario, n));
  const box = { ...at, ...size };
  while (others.some((other) => overlap(box, other))) box.y += 1;
  return { x: box.x, y: box.y };
}

/** Says why a node did not become part of another system's frame, and offers what would carry messages there. @param at px of the window */
export function refuseFrame({ node, frame }: { node: string; frame: string }, at: Point): void {
  const { nodes } = doc().scenario;
  const name = (id: string) => nodes.find((one) => one.id === id)?.name ?? "";
  const kind = nodes.find((one) => one.id === node)?.kind ?? "";
  // Nothing takes messages from a socket but another socket.
  const fixes: Fix[] =
    kindSpec(kind)?.container === true || kind === "socket" ? [] : [{ fix: "insert-bridge", from: node, to: frame }];
  useCanvas.setState({ refusal: { at, code: "foreign-frame", facts: { from: name(node), to: name(frame) }, fixes } });
}

/** Puts a node where the hand let it go. @param centre canvas px @param isPointedAt else nobody means this very place: what stands there is not covered @returns its id */
export function dropNode(kind: NodeKind, centre: Point, isPointedAt = true): string | null {
  const size = kindSpec(kind)?.size ?? { w: 10, h: 5 };
  const at = { x: Math.round(centre.x / GRID - size.w / 2), y: Math.round(centre.y / GRID - size.h / 2) };
  return insert(kind, (now) => (isPointedAt || kindSpec(kind)?.container ? at : freePlace(now, kind, at)));
}

function insert(kind: NodeKind, where: (scenario: Scenario) => Point, from?: string): string | null {
  let id: string | null = null;
  let edge: string | null = null;
  let foreign: string | undefined;
  doc().apply((scenario) => {
    const at = where(scenario);
    const place = placeIn(scenario, kind, at);
    const frame = foreignFrameOf(scenario, { kind, parent: place.parent });
    foreign = frame?.id;
    // Another system's frame does not take it: it stands below the frame.
    const below = frame && { x: at.x, y: Math.ceil(boxOf(scenario, frame).y + boxOf(scenario, frame).h) + 2 };
    const neighbour = from === undefined ? undefined : scenario.nodes.find((node) => node.id === from);
    const settings = neighbour && settingsBeside(neighbour, kind);
    const added = addNode(scenario, kind, { ...(below ?? place), ...(settings && { settings }) });
    id = added.id;
    if (from === undefined) return added.scenario;
    const connected = connectNew(added.scenario, from, added.id);
    if (!connected.ok) return added.scenario;
    edge = connected.id;
    return connected.scenario;
  });
  if (id !== null) {
    useView.getState().select({ nodes: [id] });
    const asks = edge !== null && from !== undefined && askFor(from, id, edge);
    const box = foreign && doc().scenario.nodes.find((node) => node.id === id);
    const at = box && canvas()?.toWindow({ x: box.x * GRID, y: box.y * GRID });
    if (foreign !== undefined && at) refuseFrame({ node: id, frame: foreign }, at);
    else if (!asks) focusSoon(id);
  }
  return id;
}

/** After the canvas has drawn it. */
export const focusSoon = (id: string): void => {
  requestAnimationFrame(() => requestAnimationFrame(() => canvas()?.focus(id)));
};

/** A click on the palette: at the middle of the view; with one node selected, beside it and connected when that is legal. */
export function addFromPalette(kind: NodeKind): string | null {
  const { nodes } = useView.getState().selection;
  const { scenario } = doc();
  const beside = nodes.length === 1 ? scenario.nodes.find((node) => node.id === nodes[0]) : undefined;
  const spec = kindSpec(kind);
  if (beside && spec && !spec.container && kind !== "note" && kindSpec(beside.kind)?.container !== true)
    return addBeside(kind, beside, 1);
  const size = spec?.size ?? { w: 10, h: 5 };
  const centre = canvas()?.centre() ?? { x: 0, y: 0 };
  return insert(kind, (now) => {
    const at = { x: Math.round(centre.x / GRID - size.w / 2), y: Math.round(centre.y / GRID - size.h / 2) };
    return spec?.container ? at : freePlace(now, kind, at);
  });
}

/** Puts a node right (1) or left (−1) of another and connects the two when that is legal. */
export function addBeside(kind: NodeKind, beside: ScenarioNode, side: 1 | -1): string | null {
  let id: string | null = null;
  let ends: { from: string; to: string; edge: string } | null = null;
  doc().apply((scenario) => {
    const box = boxOf(scenario, beside);
    const size = kindSpec(kind)?.size ?? { w: 10, h: 5 };
    const x = side === 1 ? box.x + box.w + GAP : box.x - GAP - size.w;
    const at = freePlace(scenario, kind, { x, y: Math.round(box.y + (box.h - size.h) / 2) });
    const settings = settingsBeside(beside, kind, side === -1);
    const added = addNode(scenario, kind, { ...placeIn(scenario, kind, at), ...(settings && { settings }) });
    id = added.id;
    const [from, to] = side === 1 ? [beside.id, added.id] : [added.id, beside.id];
    const connected = connectNew(added.scenario, from, to);
    if (!connected.ok) return added.scenario;
    ends = { from, to, edge: connected.id };
    return connected.scenario;
  });
  if (id !== null) {
    useView.getState().select({ nodes: [id] });
    if (!ends || !askFor((ends as { from: string }).from, (ends as { to: string }).to, (ends as { edge: string }).edge))
      focusSoon(id);
  }
  return id;
}

/** The end of a drag into the empty canvas: a node there, connected. @param at canvas px of its left edge */
export function addConnected(kind: NodeKind, from: string, at: Point): string | null {
  const size = kindSpec(kind)?.size ?? { w: 10, h: 5 };
  return insert(kind, () => ({ x: Math.round(at.x / GRID), y: Math.round(at.y / GRID - size.h / 2) }), from);
}

/** Opens the question beside the reader, once the canvas has drawn it. */
function askGroup(edge: string, reader: string): void {
  const { scenario } = doc();
  const node = scenario.nodes.find((one) => one.id === reader);
  const box = node && boxOf(scenario, node);
  const at = (box && canvas()?.toWindow({ x: box.x * GRID, y: (box.y + box.h) * GRID })) ?? { x: 0, y: 0 };
  useCanvas.setState({ asking: { edge, at } });
}

/** A new binding wants to be told its key, a new reader of a stream its group. @returns whether it asks */
export function askFor(from: string, to: string, edge: string): boolean {
  const judgement = judge(doc().scenario, from, to, { moving: edge });
  if (!judgement.ok || judgement.ask === undefined) return false;
  useView.getState().select({ edges: [edge] });
  if (judgement.ask === "group") askGroup(edge, to);
  else if (judgement.ask === "headers") useView.getState().panel("inspector", { open: true, tab: "settings" });
  else useCanvas.setState({ editing: { id: edge, what: "label" } });
  return true;
}

/** A folded frame says what can be done instead of connecting with it. */
function isRefusedByFold(from: string, to: string, at: Point): boolean {
  const frame = drawnOf(doc().scenario).nodes.find(({ id, folded }) => folded === true && (id === to || id === from));
  if (frame) useCanvas.getState().folding?.refuseFolded(frame.id, from, at);
  return frame !== undefined;
}

/** Draws a connection, or says why not. @param at where to say it, px of the window */
export function attemptConnect(from: string, to: string, at: Point, as?: EdgeKind): boolean {
  if (from === to || isRefusedByFold(from, to, at)) return false;
  const wish = as ? { as } : {};
  const judgement = judge(doc().scenario, from, to, wish);
  if (!judgement.ok) {
    useCanvas.setState({ refusal: { at, code: judgement.code, facts: judgement.facts, fixes: judgement.fixes } });
    return false;
  }
  let id: string | null = null;
  doc().apply((scenario) => {
    const connected = connect(scenario, from, to, wish);
    if (!connected.ok) return scenario;
    id = connected.id;
    return connected.scenario;
  });
  if (id !== null && !askFor(from, to, id)) useView.getState().select({ edges: [id] });
  return id !== null;
}

/** Drags an end of an edge to another node, or says why not. */
export function attemptReconnect(edge: string, ends: { from?: string; to?: string }, at: Point): boolean {
  if (isRefusedByFold(ends.from ?? "", ends.to ?? "", at)) return false;
  const result = reconnect(doc().scenario, edge, ends);
  if (!result.ok) {
    const { code, facts } = result.refused;
    // Its fixes would draw a second edge; the one in the hand should move.
    useCanvas.setState({ refusal: { at, code, facts, fixes: [] } });
    return false;
  }
  return doc().apply((scenario) => {
    const again = reconnect(scenario, edge, ends);
    return again.ok ? again.scenario : scenario;
  });
}

/** Moves nodes that are new down to where nothing stands. @param old ids of the others */
export function makeRoom(scenario: Scenario, old: ReadonlySet<string>): Scenario {
  let now = scenario;
  for (const node of scenario.nodes) {
    if (old.has(node.id)) continue;
    const others = now.nodes.filter((other) => other.id !== node.id && kindSpec(other.kind)?.container !== true);
    const boxes = others.map((other) => boxOf(now, other));
    const box = boxOf(now, node);
    const start = box.y;
    while (boxes.some((other) => overlap(box, other))) box.y += 1;
    if (box.y !== start) now = moveNodes(now, new Map([[node.id, { x: node.x, y: node.y + box.y - start }]]));
  }
  return now;
}

/** Takes the selection away and leaves the focus on a neighbour, so that the keyboard does not fall out of the canvas. */
export function removeSelection(): void {
  const { selection, select, notify } = useView.getState();
  const { scenario } = doc();
  const locked = new Set(scenario.nodes.filter((node) => node.locked).map((node) => node.id));
  const held = scenario.edges.filter(({ from, to }) => locked.has(from) || locked.has(to));
  for (const { id } of held) locked.add(id);
  const ids = [...selection.nodes, ...selection.edges].filter((id) => !locked.has(id));
  if (ids.length === 0) {
    notify({ tone: "warning", key: "panels.inspector.locked" });
    return;
  }
  const gone = new Set(ids);
  const next = scenario.edges.find((edge) => gone.has(edge.from) !== gone.has(edge.to));
  if (doc().apply((now) => remove(now, ids))) {
    select({});
    const near = next && standIn(gone.has(next.from) ? next.to : next.from);
    if (near !== undefined && doc().scenario.nodes.some((node) => node.id === near)) focusSoon(near);
    else document.querySelector<HTMLElement>("[data-canvas]")?.focus();
  }
}

/** Moves the selection by grid steps; what stands in a moved frame moves with it. */
export function nudge(by: Point): boolean {
  const chosen = new Set(useView.getState().selection.nodes);
  return doc().apply(
    (scenario) => {
      const moves = new Map<string, Point>();
      for (const node of scenario.nodes)
        if (chosen.has(node.id) && !node.locked && !(node.parent !== undefined && chosen.has(node.parent)))
          moves.set(node.id, { x: node.x + by.x, y: node.y + by.y });
      return moveNodes(scenario, moves);
    },
    { coalesce: `nudge ${[...chosen].join(" ")}` },
  );
}

/** Begins to draw a connection from a node: the others show whether they can take it. */
export function beginConnecting(from: string): void {
  useCanvas.setState({ connecting: { from, legal: new Set(legalTargets(doc().scenario, from)) } });
}

export function endConnecting(): void {
  useCanvas.setState({ connecting: null });
  if (useView.getState().tool.name === "connect") useView.getState().setTool({ name: "select" });
}
