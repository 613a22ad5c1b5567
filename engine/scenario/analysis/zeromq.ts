import { distMean } from "../../kernel/distributions.ts";
import { expandKey, keyCount, keyWeight } from "../keys.ts";
import { settingsAs } from "../schema.ts";
import { hasWay, isMaker, isWorker } from "../sockets.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import type { Graph } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";

/** What ZeroMQ leaves to the programs that use it (semantics/zeromq.md): who finds whom, who waits without end, what is not kept, and what cannot keep up. */
export function zeromqProblems(graph: Graph): Problem[] {
  const sockets = graph.of("socket");
  const proxies = graph.of("proxy");
  if (sockets.length + proxies.length === 0) return [];
  return [
    ...ends(graph, sockets),
    ...passages(graph, proxies),
    ...patience(graph, sockets),
    ...meetings(graph),
    ...paces(graph, sockets),
  ];
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
      const code = hasWay(type, true) ? "no-source" : isPublisher(type) ? "no-subscriber" : "producer-unconnected";
      found.push(problem("warning", code, socket));
    } else if (isPublisher(type)) found.push(problem("info", "pubsub-no-persistence", socket));
  }
  return found;
}

const isPublisher = (type: string): boolean => type === "PUB" || type === "XPUB";

/** A proxy makes nothing and works on nothing: it needs somebody on either side. */
function passages(graph: Graph, proxies: readonly ScenarioNode[]): Problem[] {
  return proxies.flatMap((proxy) => {
    const found: Problem[] = [];
    if (graph.in(proxy.id, "pipe").length === 0) found.push(problem("warning", "no-source", proxy));
    const isForwarder = settingsAs("proxy", proxy).type === "forwarder";
    if (graph.out(proxy.id, "pipe").length === 0)
      found.push(problem("warning", isForwarder ? "no-subscriber" : "no-consumer", proxy));
    return found;
  });
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
    if (edge.kind !== "pipe" || from === undefined || to === undefined) return [];
    const attach = attachOf(from);
    if (from.kind === "proxy" && to.kind === "proxy") return [];
    if (attach === "auto" || attach !== attachOf(to)) return [];
    return [problem("warning", "same-attach", edge, { from: from.name, to: to.name, attach })];
  });
}

/** What is said about binding and connecting: both sockets of a proxy bind. */
const attachOf = (node: ScenarioNode): "auto" | "bind" | "connect" =>
  node.kind === "proxy" ? "bind" : settingsAs("socket", node).attach;

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
    if (isPublisher(typeOf(start)) || seen.has(start.id)) continue;
    const team = new Set([start.id]);
    for (const id of team)
      for (const edge of pipesOf(graph, graph.node(id))) for (const end of [edge.from, edge.to]) team.add(end);
    for (const id of team) seen.add(id);
    const members = [...team].map((id) => graph.node(id));
    const making = makers.filter(({ id }) => team.has(id));
    const working = members.filter((one) => one.kind === "socket" && isWorker(one, graph.scenario.edges));
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
    if (!["SUB", "XSUB"].includes(typeOf(socket))) return [];
    const { prefix } = settingsAs("socket", socket);
    const rate = publishersOf(graph, socket).reduce((sum, one) => sum + rateOf(one) * shareOf(one, prefix), 0);
    const capacity = capacityOf(socket);
    if (rate === 0 || rate < capacity) return [];
    return [problem("warning", "subscriber-drops", socket, figures(rate, capacity))];
  });
}

/** Whose messages reach a subscriber, through any number of forwarders. */
function publishersOf(graph: Graph, subscriber: ScenarioNode): ScenarioNode[] {
  const near = new Set([subscriber.id]);
  for (const id of near)
    if (id === subscriber.id || graph.node(id).kind === "proxy")
      for (const { from } of graph.in(id, "pipe")) near.add(from);
  return [...near].map((id) => graph.node(id)).filter(({ kind, id }) => kind === "socket" && id !== subscriber.id);
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
