import { distMean } from "../../kernel/distributions.ts";
import { expandKey, keyCount, keyWeight } from "../keys.ts";
import { settingsAs } from "../schema.ts";
import { hasWay, isMaker } from "../sockets.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import type { Graph } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";

/** What ZeroMQ leaves to the programs that use it (semantics/zeromq.md): who finds whom, who waits without end, what is not kept, and what cannot keep up. */
export function zeromqProblems(graph: Graph): Problem[] {
  const sockets = graph.of("socket");
  if (sockets.length === 0) return [];
  return [...ends(graph, sockets), ...patience(graph, sockets), ...meetings(graph), ...paces(graph, sockets)];
}

const typeOf = (socket: ScenarioNode) => settingsAs("socket", socket).type;

const pipesOf = (graph: Graph, { id }: ScenarioNode): ScenarioEdge[] => [
  ...graph.out(id, "pipe"),
  ...graph.in(id, "pipe"),
];

function ends(graph: Graph, sockets: readonly ScenarioNode[]): Problem[] {
  const found: Problem[] = [];
  for (const socket of sockets) {
    const type = typeOf(socket);
    if (pipesOf(graph, socket).length === 0) {
      const code = hasWay(type, true) ? "no-source" : type === "PUB" ? "no-subscriber" : "producer-unconnected";
      found.push(problem("warning", code, socket));
    } else if (type === "PUB") found.push(problem("info", "pubsub-no-persistence", socket));
  }
  return found;
}

/** REQ asks again only when the answer to the last question is there, or has been given up. */
function patience(graph: Graph, sockets: readonly ScenarioNode[]): Problem[] {
  return sockets
    .filter((socket) => {
      const { type, timeout } = settingsAs("socket", socket);
      return type === "REQ" && timeout === null && pipesOf(graph, socket).length > 0;
    })
    .map((socket) => problem("warning", "req-without-timeout", socket, {}, "timeout"));
}

/** Of two sockets one binds and the other connects; when both do the same they never find each other. */
function meetings(graph: Graph): Problem[] {
  return graph.scenario.edges.flatMap((edge) => {
    const [from, to] = [graph.nodes.get(edge.from), graph.nodes.get(edge.to)];
    if (edge.kind !== "pipe" || from?.kind !== "socket" || to?.kind !== "socket") return [];
    const { attach } = settingsAs("socket", from);
    if (attach === "auto" || attach !== settingsAs("socket", to).attach) return [];
    return [problem("warning", "same-attach", edge, { from: from.name, to: to.name, attach })];
  });
}

/** Messages per second that the program of a socket finishes. */
function capacityOf(socket: ScenarioNode): number {
  const { service, speed } = settingsAs("socket", socket);
  const mean = distMean(service) / speed;
  return mean > 0 ? 1000 / mean : Number.POSITIVE_INFINITY;
}

/** Messages per second in the long run. A program that stops after some is soon done, one that asks in lockstep waits for its peer: neither can be too fast. */
function rateOf(socket: ScenarioNode): number {
  const { type, rate, limit } = settingsAs("socket", socket);
  return limit === null && type !== "REQ" ? rate : 0;
}

function paces(graph: Graph, sockets: readonly ScenarioNode[]): Problem[] {
  const makers = sockets.filter((socket) => isMaker(socket, graph.scenario.edges));
  return [...teams(graph, makers), ...subscribers(graph, sockets)];
}

/** Programs that deal out work and those that share it, as far as connections reach. */
function teams(graph: Graph, makers: readonly ScenarioNode[]): Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (const start of makers) {
    if (typeOf(start) === "PUB" || seen.has(start.id)) continue;
    const team = new Set([start.id]);
    for (const id of team)
      for (const edge of pipesOf(graph, graph.node(id))) for (const end of [edge.from, edge.to]) team.add(end);
    for (const id of team) seen.add(id);
    const members = [...team].map((id) => graph.node(id));
    const making = makers.filter(({ id }) => team.has(id));
    const working = members.filter((one) => !making.includes(one));
    const rate = making.reduce((sum, one) => sum + rateOf(one), 0);
    const capacity = working.reduce((sum, one) => sum + capacityOf(one), 0);
    if (working.length === 0 || rate === 0 || rate < capacity) continue;
    const target = making.reduce((most, one) => (rateOf(one) > rateOf(most) ? one : most));
    const readers = working.map(({ name }) => name).join(", ");
    found.push(problem("warning", "workers-too-slow", target, { readers, ...figures(rate, capacity) }));
  }
  return found;
}

/** Each subscriber has a queue of its own, and gets everything that it asked for. */
function subscribers(graph: Graph, sockets: readonly ScenarioNode[]): Problem[] {
  return sockets.flatMap((socket) => {
    if (typeOf(socket) !== "SUB") return [];
    const { prefix } = settingsAs("socket", socket);
    const rate = graph
      .in(socket.id, "pipe")
      .reduce((sum, { from }) => sum + rateOf(graph.node(from)) * shareOf(graph.node(from), prefix), 0);
    const capacity = capacityOf(socket);
    if (rate === 0 || rate < capacity) return [];
    return [problem("warning", "subscriber-drops", socket, figures(rate, capacity))];
  });
}

/** Which part of what a publisher sends begins with one of the prefixes. */
function shareOf(publisher: ScenarioNode, prefixes: readonly string[]): number {
  const { topic, key } = settingsAs("socket", publisher);
  const isWanted = (index: number) => {
    const name = expandKey(topic, key, index);
    return prefixes.some((prefix) => name.startsWith(prefix));
  };
  const count = Math.min(KEYS_MAX, keyCount(key));
  if (count === 0) return isWanted(-1) ? 1 : 0;
  let [wanted, all] = [0, 0];
  for (let index = 0; index < count; index++) {
    const weight = keyWeight(key, index);
    all += weight;
    if (isWanted(index)) wanted += weight;
  }
  return all > 0 ? wanted / all : 0;
}

const KEYS_MAX = 60;

function figures(rate: number, capacity: number) {
  const round = (value: number) => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
  return { rate: round(rate), capacity: round(capacity), rho: round(rate / capacity) };
}
