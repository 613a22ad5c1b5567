import {
  absolutePosition,
  addNode,
  connect,
  connectNew,
  type EdgeKind,
  hasWay,
  judge,
  kindSpec,
  kindsBehind,
  type NodeKind,
  type Scenario,
  type ScenarioNode,
  type Settings,
  settingsBeside,
  socketType,
  systemOf,
} from "../../../engine/scenario/index.ts";

/** One other node as the other end of a new connection. */
export type Candidate = {
  node: ScenarioNode;
  /** Which way the connection would lead, seen from the node that the list belongs to. */
  way: "out" | "in";
} & (
  | { ok: true; edge: EdgeKind; ask?: "key" | "headers" | "weight" | "group" }
  | { ok: false; code: string; facts: { [name: string]: string } }
);

/** Every other node with the connection that is possible, or why none is. Possible ones first, each part in the document's order. */
export function candidates(scenario: Scenario, id: string): Candidate[] {
  const self = scenario.nodes.find((node) => node.id === id);
  if (self === undefined) return [];
  const ports = kindSpec(self.kind)?.ports;
  const found = scenario.nodes
    .filter(
      (node) => node.id !== id && kindSpec(node.kind)?.modelled !== false && kindSpec(node.kind)?.container !== true,
    )
    .map((node): Candidate => {
      const out = judge(scenario, id, node.id);
      if (out.ok) return { node, way: "out", ok: true, edge: out.kind, ...(out.ask && { ask: out.ask }) };
      const back = judge(scenario, node.id, id);
      if (back.ok) return { node, way: "in", ok: true, edge: back.kind, ...(back.ask && { ask: back.ask }) };
      const refused = ports?.out.length === 0 ? back : out;
      return { node, way: ports?.out.length === 0 ? "in" : "out", ok: false, code: refused.code, facts: refused.facts };
    });
  return [...found.filter((one) => one.ok), ...found.filter((one) => !one.ok)];
}

/** Draws what a candidate stands for. @returns null when it is no longer possible */
export function connectTo(
  scenario: Scenario,
  id: string,
  candidate: Candidate,
  settings?: Settings,
): { scenario: Scenario; edge: string } | null {
  const [from, to] = candidate.way === "out" ? [id, candidate.node.id] : [candidate.node.id, id];
  const connected = connect(scenario, from, to, settings === undefined ? {} : { settings });
  return connected.ok ? { scenario: connected.scenario, edge: connected.id } : null;
}

export interface NewEnd {
  kind: NodeKind;
  way: "out" | "in";
}

/** Kinds that a new node beside this one could be. */
export function newEnds(node: ScenarioNode): NewEnd[] {
  const fits = (kind: NodeKind, isBefore: boolean) =>
    (node.kind !== "socket" || hasWay(socketType(node), isBefore)) &&
    // Not every socket has a proxy that it can talk to.
    (kind !== "proxy" || settingsBeside(node, kind, isBefore) !== undefined);
  const ends = (isBefore: boolean, way: NewEnd["way"]) =>
    kindsBehind(node.kind, isBefore)
      .filter((kind) => fits(kind, isBefore))
      .map((kind): NewEnd => ({ kind, way }));
  return [...ends(false, "out"), ...ends(true, "in")];
}

const GAP = 8;

/** Adds a node beside this one and connects the two. Broker objects stay in the broker of their neighbour, clients stand outside. */
export function addBeside(
  scenario: Scenario,
  id: string,
  { kind, way }: NewEnd,
): { scenario: Scenario; node: string } | null {
  const self = scenario.nodes.find((node) => node.id === id);
  const spec = kindSpec(kind);
  if (self === undefined || spec === undefined) return null;
  const isInside =
    systemOf({ kind }) !== undefined && systemOf({ kind }) === systemOf(self) && self.parent !== undefined;
  const at = isInside ? { x: self.x, y: self.y } : absolutePosition(scenario, self);
  const width = kindSpec(self.kind)?.size.w ?? spec.size.w;
  const x = way === "out" ? at.x + width + GAP : at.x - spec.size.w - GAP;
  const parent = isInside ? self.parent : undefined;
  const settings = settingsBeside(self, kind, way === "in");
  const place = { x, y: freeRow(scenario, x, at.y, parent), parent };
  const added = addNode(scenario, kind, { ...place, ...(settings && { settings }) });
  const [from, to] = way === "out" ? [id, added.id] : [added.id, id];
  const connected = connectNew(added.scenario, from, to);
  return connected.ok ? { scenario: connected.scenario, node: added.id } : null;
}

/** The nearest height below at which nothing stands yet. */
function freeRow(scenario: Scenario, x: number, y: number, parent: string | undefined): number {
  const taken = (row: number) =>
    scenario.nodes.some(
      (node) =>
        node.parent === parent &&
        Math.abs(node.x - x) < 10 &&
        Math.abs(node.y - row) < 6 &&
        !kindSpec(node.kind)?.container,
    );
  let row = y;
  for (let tries = 0; tries < 50 && taken(row); tries++) row += 7;
  return row;
}
