import type { Fix } from "./connection-rules.ts";
import { judge } from "./connection-rules.ts";
import { absolutePosition, addNode, connect, type Place } from "./edit.ts";
import { edgeKindSpec, fieldOf, kindSpec } from "./schema.ts";
import { hasWay, socketType, usualTypeBeside } from "./sockets.ts";
import { brokerNameOf, systemFrameOf, systemOf } from "./topology.ts";
import type { NodeKind, Scenario, ScenarioEdge, ScenarioNode, Settings } from "./types.ts";

export interface Fixed {
  scenario: Scenario;
  /** Nodes and edges that are new or changed kind: what to select. */
  ids: string[];
}

/** Does what a refusal offered. @returns null when the document no longer allows it */
export function applyFix(scenario: Scenario, { fix, from, to }: Fix): Fixed | null {
  switch (fix) {
    case "reverse":
      return join({ scenario, ids: [] }, [[to, from]]);
    case "dead-letter-link": {
      const connected = connect(scenario, from, to, { as: "deadLetter" });
      return connected.ok ? { scenario: connected.scenario, ids: [connected.id] } : null;
    }
    case "insert-queue":
      return between(scenario, from, to, ["queue"]);
    case "insert-list":
      return between(scenario, from, to, ["list"]);
    case "insert-topic":
      return between(scenario, from, to, ["topic"]);
    case "insert-rmq-topic":
      return between(scenario, from, to, ["rmqTopic"]);
    case "insert-service":
    case "insert-bridge":
      return bridge(scenario, from, to);
    case "make-sockets":
      return makeSockets(scenario, from, to);
    case "match-socket":
      return matchSocket(scenario, from, to);
    case "make-service": {
      const changed = makeService(scenario, from);
      const judgement = judge(changed, from, to);
      if (judgement.ok) return join({ scenario: changed, ids: [from] }, [[from, to]]);
      const next = judgement.fixes[0];
      const further = next === undefined || next.fix === "make-service" ? null : applyFix(changed, next);
      return further && { scenario: further.scenario, ids: [from, ...further.ids] };
    }
  }
}

/** A service that reads from one node and publishes to the other. An exchange hands nothing to a client: before the service stands a queue. */
function bridge(scenario: Scenario, from: string, to: string): Fixed | null {
  if (kindSpec(kindOf(scenario, to) ?? "")?.container === true) return towards(scenario, from, to);
  const kinds: NodeKind[] = kindOf(scenario, from) === "exchange" ? ["queue", "service"] : ["service"];
  return between(scenario, from, to, kinds);
}

/** A service that takes what a node has, on the way to a frame that the node cannot stand in: where it goes from there is drawn by hand. */
function towards(scenario: Scenario, from: string, frame: string): Fixed | null {
  const start = scenario.nodes.find((node) => node.id === from);
  if (start === undefined || !scenario.nodes.some((node) => node.id === frame)) return null;
  const kinds: NodeKind[] = start.kind === "exchange" ? ["queue", "service"] : ["service"];
  const { x, y } = absolutePosition(scenario, start);
  let now = scenario;
  const chain = [from];
  for (const kind of kinds) {
    const shift = chain.length * BRIDGE_STEP;
    const home = kind === "service" ? undefined : brokerFor(scenario, kind, start, start);
    const added = addNode(now, kind, inside(scenario, { x: x + shift, y }, home));
    now = added.scenario;
    chain.push(added.id);
  }
  const pairs = chain.slice(1).map((id, index): [string, string] => [chain[index] as string, id]);
  return join({ scenario: now, ids: chain.slice(1) }, pairs);
}

/** Grid steps from one node of a bridge to the next. */
const BRIDGE_STEP = 17;

const kindOf = (scenario: Scenario, id: string): string | undefined =>
  scenario.nodes.find((node) => node.id === id)?.kind;

/** A Service has all settings of a Consumer. Its name stays. */
export function makeService(scenario: Scenario, id: string): Scenario {
  const nodes = scenario.nodes.map((node) =>
    node.id === id && node.kind === "consumer" ? { ...node, kind: "service" as const } : node,
  );
  return { ...scenario, nodes };
}

/** A producer and a consumer without a broker between: a PUSH and a PULL socket, with those of their settings that a socket has. */
function makeSockets(scenario: Scenario, from: string, to: string): Fixed | null {
  const nodes = scenario.nodes.map((node): ScenarioNode => {
    if (node.id !== from && node.id !== to) return node;
    const kept = Object.entries(node.settings ?? {}).filter(([name, value]) => {
      const field = fieldOf("socket", name);
      return field !== undefined && (field.type !== "choice" || field.choices?.includes(value as string));
    });
    const type = node.id === from ? "PUSH" : "PULL";
    return { ...node, kind: "socket", settings: { type, ...Object.fromEntries(kept) } };
  });
  return join({ scenario: { ...scenario, nodes }, ids: [from, to] }, [[from, to]]);
}

/** Makes the second socket one that the first can talk to. */
function matchSocket(scenario: Scenario, from: string, to: string): Fixed | null {
  const start = scenario.nodes.find((node) => node.id === from);
  const end = scenario.nodes.find((node) => node.id === to);
  const type = start && end && usualTypeBeside(start, end.kind);
  if (start === undefined || type === undefined) return null;
  const nodes = scenario.nodes.map((node) => (node === end ? { ...node, settings: { ...node.settings, type } } : node));
  const isForward = start.kind === "proxy" || hasWay(socketType(start));
  const pair: [string, string] = isForward ? [from, to] : [to, from];
  return join({ scenario: { ...scenario, nodes }, ids: [to] }, [pair]);
}

function join(start: Fixed, pairs: [string, string][]): Fixed | null {
  let { scenario } = start;
  const ids = [...start.ids];
  for (const [a, b] of pairs) {
    const connected = connect(scenario, a, b);
    if (!connected.ok) return null;
    scenario = connected.scenario;
    ids.push(connected.id);
  }
  return { scenario, ids };
}

/** New nodes on the way from one node to another, evenly spaced. Broker objects stand in the broker of the neighbour that they must share it with. */
function between(scenario: Scenario, from: string, to: string, kinds: NodeKind[]): Fixed | null {
  const start = scenario.nodes.find((node) => node.id === from);
  const end = scenario.nodes.find((node) => node.id === to);
  if (start === undefined || end === undefined) return null;
  const a = absolutePosition(scenario, start);
  const b = absolutePosition(scenario, end);
  let now = scenario;
  const chain = [from];
  kinds.forEach((kind, index) => {
    const part = (index + 1) / (kinds.length + 1);
    const at = { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
    const frame = brokerFor(scenario, kind, start, end);
    const added = addNode(now, kind, inside(scenario, at, frame));
    now = added.scenario;
    chain.push(added.id);
  });
  chain.push(to);
  const pairs = chain.slice(1).map((id, index): [string, string] => [chain[index] as string, id]);
  return join({ scenario: now, ids: chain.slice(1, -1) }, pairs);
}

/** The frame in which a new node between two others stands: that of a neighbour of its own system, else one of its system around a client. */
function brokerFor(
  scenario: Scenario,
  kind: NodeKind,
  start: ScenarioNode,
  end: ScenarioNode,
): ScenarioNode | undefined {
  const system = systemOf({ kind });
  if (system === undefined) return undefined;
  const mate = [start, end].find((node) => systemOf(node) === system);
  if (mate !== undefined) return systemFrameOf(scenario, mate, system);
  return systemFrameOf(scenario, start, system) ?? systemFrameOf(scenario, end, system);
}

function inside(scenario: Scenario, at: { x: number; y: number }, frame: ScenarioNode | undefined): Place {
  if (frame === undefined) return at;
  const origin = absolutePosition(scenario, frame);
  return { x: at.x - origin.x, y: at.y - origin.y, parent: frame.id };
}

/** Kinds that can stand in the middle of an edge. */
export function insertableKinds(scenario: Scenario, edgeId: string): NodeKind[] {
  const kinds: NodeKind[] = ["exchange", "queue", "service"];
  return kinds.filter((kind) => insertOnEdge(scenario, edgeId, kind) !== null);
}

/**
 * Puts a new node in the middle of an edge. Both halves carry the old edge's link settings, the first also its own where they still apply. A producer that published to a
 * queue by its name still reaches it: the new exchange is bound with that name as key.
 * @returns null where the new kind cannot stand
 */
export function insertOnEdge(scenario: Scenario, edgeId: string, kind: NodeKind, at?: Place): Fixed | null {
  const edge = scenario.edges.find((other) => other.id === edgeId);
  const from = scenario.nodes.find((node) => node.id === edge?.from);
  const to = scenario.nodes.find((node) => node.id === edge?.to);
  if (edge === undefined || from === undefined || to === undefined) return null;
  const a = absolutePosition(scenario, from);
  const b = absolutePosition(scenario, to);
  const frame = brokerFor(scenario, kind, from, to);
  const middle = at ?? inside(scenario, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, frame);
  const without = { ...scenario, edges: scenario.edges.filter((other) => other !== edge) };
  const added = addNode(without, kind, middle);
  const direct = edge.kind === "publish" && to.kind === "queue" && kind === "exchange";
  const key: Settings = direct ? { routingKey: brokerNameOf(to) } : {};
  const first = connect(added.scenario, from.id, added.id);
  if (!first.ok) return null;
  const second = connect(first.scenario, added.id, to.id, direct ? { settings: { key: brokerNameOf(to) } } : {});
  if (!second.ok) return null;
  const edges = second.scenario.edges.map((other) => {
    if (other.id === first.id) return withSettings(other, { ...edge.settings, ...key });
    if (other.id === second.id) return withSettings(other, { ...linkSettings(edge), ...other.settings });
    return other;
  });
  return { scenario: { ...second.scenario, edges }, ids: [added.id] };
}

function withSettings(edge: ScenarioEdge, settings: Settings): ScenarioEdge {
  const kept = Object.entries(settings).filter(([name]) => fieldOf(edge.kind, name) !== undefined);
  const { settings: _, ...rest } = edge;
  return kept.length === 0 ? rest : { ...rest, settings: Object.fromEntries(kept) };
}

/** Settings that every kind of edge has: those of the link. */
function linkSettings(edge: ScenarioEdge): Settings {
  const common = (edgeKindSpec("alternate")?.fields ?? []).map((field) => field.name);
  return Object.fromEntries(Object.entries(edge.settings ?? {}).filter(([name]) => common.includes(name)));
}
