import { distMean } from "../../kernel/distributions.ts";
import { expandKey, keyCount, keyName, keyWeight } from "../keys.ts";
import { settingsAs } from "../schema.ts";
import { brokerNameOf } from "../topology.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import type { Pattern, Table } from "../values.ts";
import { type Graph, isStore } from "./graph.ts";
import { route } from "./routing.ts";

/** Messages that are alike to the exchanges: one routing key, one ordering key, one set of headers. */
export interface Stream {
  key: string;
  orderingKey: string;
  headers: Table;
  /** Messages per second, in the long run. */
  rate: number;
}

/** A stream sent along a publish edge, and the ids of the queues (lists, streams, channels) that take it. */
export interface Sent {
  edge: ScenarioEdge;
  stream: Stream;
  queues: string[];
}

export interface Flow {
  /** Id of a queue, list, stream or channel → what arrives. */
  arriving: Map<string, Stream[]>;
  sent: Sent[];
  /** Copies per second over all edges to queues. */
  copies: number;
}

const KEYS_MAX = 60;
const STREAMS_MAX = 200;
/** Services pass on what they get; a chain longer than this is not followed to its end. */
const ROUNDS_MAX = 12;

/** How much arrives where, if every consumer kept up with its share: mean rates, no chance, no losses, no dead letters. */
export function estimateFlow(graph: Graph): Flow {
  let arriving = new Map<string, Stream[]>();
  let sent: Sent[] = [];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = new Map<string, Stream[]>();
    sent = [];
    for (const producer of graph.of("producer")) {
      for (const edge of graph.out(producer.id, "publish"))
        for (const stream of producerStreams(graph, producer, edge)) send(graph, edge, stream, next, sent);
    }
    for (const service of graph.of("service")) {
      if (settingsAs("service", service).then === "reply") continue;
      const streams = serviceStreams(graph, service, arriving);
      for (const edge of graph.out(service.id, "publish"))
        for (const stream of streams) send(graph, edge, forService(graph, service, edge, stream), next, sent);
    }
    const settled = total(next) === total(arriving);
    arriving = next;
    if (settled) break;
  }
  return { arriving, sent, copies: total(arriving) };
}

export const rateOf = (streams: readonly Stream[] | undefined): number =>
  (streams ?? []).reduce((sum, stream) => sum + stream.rate, 0);

const total = (arriving: Map<string, Stream[]>): number =>
  [...arriving.values()].reduce((sum, streams) => sum + rateOf(streams), 0);

function send(graph: Graph, edge: ScenarioEdge, stream: Stream, into: Map<string, Stream[]>, sent: Sent[]): void {
  const to = graph.node(edge.to);
  const reached = isStore(to.kind) ? new Map([[to.id, 1]]) : route(graph, to, stream.key, stream.headers);
  sent.push({ edge, stream, queues: [...reached.keys()] });
  for (const [queue, part] of reached) {
    const streams = into.get(queue) ?? [];
    into.set(queue, streams);
    const same =
      streams.find((other) => other.key === stream.key && other.orderingKey === stream.orderingKey) ??
      (streams.length >= STREAMS_MAX ? streams[0] : undefined);
    // A loop of services may multiply without end; far above any limit the number no longer matters.
    if (same === undefined) streams.push({ ...stream, rate: stream.rate * part });
    else same.rate = Math.min(1e9, same.rate + stream.rate * part);
  }
}

function producerStreams(graph: Graph, producer: ScenarioNode, edge: ScenarioEdge): Stream[] {
  const s = settingsAs("producer", producer);
  const rate = meanRate(s.pattern, s.rate) * s.instances;
  // What brokers of RocketMQ look at is the tag.
  const own = graph.node(edge.to).kind === "rmqTopic" ? s.tag : s.routingKey;
  const template = keyTemplate(graph, edge) ?? own;
  const count = Math.min(KEYS_MAX, keyCount(s.key));
  if (count === 0) return [{ key: expandKey(template, s.key, -1), orderingKey: "", headers: s.headers, rate }];
  const weights = Array.from({ length: count }, (_, i) => keyWeight(s.key, i));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, i) => ({
    key: expandKey(template, s.key, i),
    orderingKey: keyName(s.key, i),
    headers: s.headers,
    rate: all > 0 ? (rate * weight) / all : 0,
  }));
}

/** What an edge says about the routing key; a channel is published to under its own name when nothing else is said. */
function keyTemplate(graph: Graph, edge: ScenarioEdge): string | null {
  const to = graph.node(edge.to);
  return settingsAs("publish", edge).routingKey ?? (to.kind === "channel" ? to.name : null);
}

/** What a service has to publish, before its own key: its share of each of its queues, times the fan-out. */
function serviceStreams(graph: Graph, service: ScenarioNode, arriving: Map<string, Stream[]>): Stream[] {
  const s = settingsAs("service", service);
  return graph.in(service.id, "consume").flatMap((edge) => {
    const queue = graph.node(edge.from);
    const all = graph
      .sharing(edge)
      .reduce((sum, mate) => sum + usable(capacityOf(graph.node(mate.to), mate, queue)), 0);
    const own = usable(capacityOf(service, edge, queue));
    const share = all > 0 ? own / all : 0;
    const offered = rateOf(arriving.get(queue.id)) * share;
    const kept = offered > own ? own / offered : 1;
    const factor = share * kept * s.fanout * (s.onFail === "requeue" ? 1 : 1 - s.failRate);
    return (arriving.get(queue.id) ?? []).map((stream) => ({ ...stream, headers: {}, rate: stream.rate * factor }));
  });
}

const usable = (capacity: number): number => Math.min(capacity, 1e9);

function forService(graph: Graph, service: ScenarioNode, edge: ScenarioEdge, stream: Stream): Stream {
  const template = keyTemplate(graph, edge) ?? settingsAs("service", service).routingKey;
  if (template === null) return stream;
  return { ...stream, key: expandKey(template, { k: "fixed", name: stream.orderingKey }, 0) };
}

/** Messages per second in the long run; of a pattern that ends, its last rate. */
export function meanRate(pattern: Pattern, rate: number): number {
  switch (pattern.p) {
    case "steady":
      return rate;
    case "burst":
      return (pattern.rate * pattern.on + rate * pattern.off) / (pattern.on + pattern.off);
    case "ramp":
      return pattern.to;
    case "sine":
      return pattern.mean;
    case "steps":
      return pattern.steps.at(-1)?.rate ?? rate;
  }
}

/**
 * Messages per second that a consumer or service can finish on one subscription, all instances together. With manual acknowledgement a message occupies its place in the
 * prefetch from delivery until its acknowledgement has travelled back. Redis clients have no prefetch: they ask when they are free, for one message of a list at a time, or
 * for a batch of a stream; subscribers are sent everything at once.
 */
export function capacityOf(client: ScenarioNode, edge: ScenarioEdge, store: ScenarioNode): number {
  const s = settingsAs("consumer", client);
  const work = distMean(s.service) / s.speed / 1000;
  const trip = (2 * distMean(settingsAs("consume", edge).latency)) / 1000;
  const byWork = work > 0 ? s.concurrency / work : Number.POSITIVE_INFINITY;
  const held = s.ack === "before" ? trip : trip + work;
  const unlimited = store.kind !== "queue" || s.ack === "auto";
  const byCredit = unlimited || s.prefetch === 0 || held === 0 ? Number.POSITIVE_INFINITY : s.prefetch / held;
  const byAsking = asked(store, s.concurrency, trip, work);
  const comesBack = store.kind !== "channel" && !(store.kind === "list" && settingsAs("list", store).take === "pop");
  const wasted = s.onFail === "requeue" && comesBack ? s.failRate : 0;
  return s.instances * Math.min(byWork, byCredit, byAsking) * (1 - wasted);
}

/** Messages per second that one instance can ask for. @param trip, work seconds */
function asked(store: ScenarioNode, concurrency: number, trip: number, work: number): number {
  if (store.kind === "list") return concurrency / (trip + work);
  if (store.kind !== "stream") return Number.POSITIVE_INFINITY;
  const { count } = settingsAs("stream", store);
  // Several at work at once go on while the next batch is on its way.
  return count / (concurrency === 1 ? trip + count * work : trip);
}

/** The name under which clients publish to it and permissions are looked up. */
export const resourceOf = (node: ScenarioNode): string => (node.kind === "queue" ? "amq.default" : brokerNameOf(node));
