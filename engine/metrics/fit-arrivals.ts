import type { Flow } from "../scenario/analysis/flow.ts";
import type { Graph } from "../scenario/analysis/graph.ts";
import { route } from "../scenario/analysis/routing.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { type Condition, fails } from "./fit-conditions.ts";

/** One client's share of what arrives at a queue. */
export interface Source {
  client: ScenarioNode;
  edge: ScenarioEdge;
  /** Messages per second. */
  rate: number;
  /** Messages per second that it sends along the edge, this queue's part among them. */
  sent: number;
}

/** What arrives at a queue, from the drawing alone. */
export interface Arrivals {
  /** Messages per second. */
  rate: number;
  sources: Source[];
  /** ms from the publish until the queue has the message, where it is the same for all of them; else NaN. */
  delay: number;
  failed: Condition[];
}

/**
 * Whether messages come to a queue like a Poisson stream of one class, and how many a second.
 * @param isPoissonOut whether what a service sends on is a Poisson stream again (Burke: it is after an M/M/c)
 */
export function arrivalsAt(
  graph: Graph,
  flow: Flow,
  queue: ScenarioNode,
  isPoissonOut: (service: ScenarioNode) => boolean,
): Arrivals {
  const sources = sourcesOf(graph, flow, queue);
  const rate = sources.reduce((sum, source) => sum + source.rate, 0);
  const failed: Condition[] = [];
  if (!(rate > 0)) failed.push(fails("no-arrivals"));
  const clients = new Map<string, Source[]>();
  for (const source of sources) {
    const own = clients.get(source.client.id) ?? [];
    clients.set(source.client.id, own);
    own.push(source);
  }
  for (const own of clients.values()) {
    const { client } = own[0] as Source;
    // A client publishes on all its edges at once: two that end here bring two messages at the same moment.
    if (own.length > 1) failed.push(fails("arrivals-batches", { client: client.name, count: own.length }));
    if (client.kind === "producer") failed.push(...ofProducer(client, own));
    else if (!isPoissonOut(client)) failed.push(fails("arrivals-service", { client: client.name }));
    for (const { edge } of own) if (!isPlainLink(edge)) failed.push(fails("arrivals-link", { client: client.name }));
  }
  const from = deadLettersFrom(graph, queue);
  if (from !== undefined) failed.push(fails("arrivals-dead-letters", { queue: from.name }));
  return { rate, sources, delay: delayOf(sources, queue), failed };
}

/** By edge, what reaches the queue; streams with different keys of one edge are one source. */
function sourcesOf(graph: Graph, flow: Flow, queue: ScenarioNode): Source[] {
  const found = new Map<string, Source>();
  const sent = new Map<string, number>();
  for (const { edge, stream, queues } of flow.sent) {
    sent.set(edge.id, (sent.get(edge.id) ?? 0) + stream.rate);
    if (!queues.includes(queue.id)) continue;
    const to = graph.node(edge.to);
    const part = to.kind === "queue" ? 1 : (route(graph, to, stream.key, stream.headers).get(queue.id) ?? 0);
    const source = found.get(edge.id) ?? { client: graph.node(edge.from), edge, rate: 0, sent: 0 };
    found.set(edge.id, source);
    source.rate += stream.rate * part;
  }
  for (const source of found.values()) source.sent = sent.get(source.edge.id) ?? 0;
  return [...found.values()].filter(({ rate }) => rate > 0);
}

function ofProducer(producer: ScenarioNode, own: readonly Source[]): Condition[] {
  const s = settingsAs("producer", producer);
  const failed: Condition[] = [];
  const { name } = producer;
  const changes = s.pattern.p !== "steady";
  if (changes) failed.push(fails("arrivals-pattern", { client: name }));
  if (s.arrival !== "exponential") failed.push(fails("arrivals-constant", { client: name }));
  if (s.limit !== null) failed.push(fails("arrivals-end", { client: name, limit: s.limit }));
  if (s.waitFor !== "nothing") failed.push(fails("arrivals-wait", { client: name, window: s.window }));
  else if (s.transaction !== null && s.transaction > 1)
    failed.push(fails("arrivals-batches", { client: name, count: s.transaction }));
  else if (s.transaction !== null && s.rollback > 0) failed.push(fails("arrivals-link", { client: name }));
  if (s.ttl !== null) failed.push(fails("message-ttl", { client: name, ttl: s.ttl }));
  // Every n-th of a Poisson stream comes more evenly than chance; a fair draw for each message keeps it Poisson.
  const isPart = own.some(({ rate, sent }) => rate < sent * (1 - 1e-9));
  if (isPart && s.key.k === "roundRobin") failed.push(fails("arrivals-in-turn", { client: name }));
  return failed;
}

/** A link that only shifts what passes: whatever comes like chance leaves like chance. */
export function isPlainLink(edge: ScenarioEdge): boolean {
  const s = settingsAs("publish", edge);
  const { latency } = s;
  return latency.d === "constant" && s.bandwidth === null && s.loss === 0 && !s.partitioned;
}

/** Only for clients that publish straight to the queue: the ways through exchanges may differ. */
function delayOf(sources: readonly Source[], queue: ScenarioNode): number {
  const delays = sources.map(({ client, edge }) => {
    const { latency } = settingsAs("publish", edge);
    return edge.to === queue.id && client.kind === "producer" && latency.d === "constant" ? latency.value : Number.NaN;
  });
  const [first = Number.NaN] = delays;
  return delays.every((delay) => delay === first) ? first : Number.NaN;
}

/** A queue whose dead letters come to this one. */
function deadLettersFrom(graph: Graph, queue: ScenarioNode): ScenarioNode | undefined {
  return graph.of("queue").find((other) => {
    const target = graph.deadLetter(other);
    if (target === null) return false;
    if (target.exchange === "") return target.key !== null && graph.find("queue", target.key, other)?.id === queue.id;
    const exchange = graph.find("exchange", target.exchange, other);
    return exchange !== undefined && leadsTo(graph, exchange, queue);
  });
}

/** Whether any binding, whatever its key, leads from the exchange to the queue. */
function leadsTo(graph: Graph, from: ScenarioNode, queue: ScenarioNode): boolean {
  const seen = new Set([from.id]);
  const waiting = [from];
  for (let exchange = waiting.pop(); exchange !== undefined; exchange = waiting.pop()) {
    for (const edge of graph.out(exchange.id, "binding")) {
      if (edge.to === queue.id) return true;
      const to = graph.node(edge.to);
      if (to.kind !== "exchange" || seen.has(to.id)) continue;
      seen.add(to.id);
      waiting.push(to);
    }
  }
  return false;
}
