import { distMean } from "../../kernel/distributions.ts";
import { settingsAs } from "../schema.ts";
import { brokerOf } from "../topology.ts";
import { capacityOf, type Flow, rateOf } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";

/** Problems of how long and where messages are kept: readers that come too late, clients that hold too long, copies that stand alone. */
export function keepingProblems(graph: Graph, flow: Flow): Problem[] {
  return [...slowReaders(graph, flow), ...longHolders(graph), ...lonelyCopies(graph)];
}

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** Every reader of a stream gets all of it: the slowest decides. Behind one that falls further and further back, retention deletes what it has not read. */
function slowReaders(graph: Graph, flow: Flow): Problem[] {
  const found: Problem[] = [];
  for (const stream of graph.of("queue")) {
    const s = settingsAs("queue", stream);
    const readers = graph.consumersOf(stream);
    if (s.queueType !== "stream" || readers.length === 0) continue;
    const rate = rateOf(flow.arriving.get(stream.id));
    const paces = readers.map(({ client, edge }) => ({
      client,
      capacity: capacityOf(client, edge, stream) / graph.consuming(client).instances,
    }));
    const slowest = paces.reduce((least, one) => (one.capacity < least.capacity ? one : least));
    if (rate === 0 || rate < slowest.capacity) continue;
    const facts = { rate: round(rate), capacity: round(slowest.capacity) };
    const isTrimmed = s.maxAge !== null || s.maxBytes !== null;
    if (isTrimmed)
      found.push(problem("warning", "retention-shorter-than-lag", stream, { ...facts, client: slowest.client.name }));
    else {
      const rho = slowest.capacity > 0 ? round(rate / slowest.capacity) : "∞";
      found.push(problem("warning", "overload", stream, { ...facts, rho }));
    }
  }
  return found;
}

/** Who holds deliveries longer than the broker waits for their acknowledgement loses its channel, and others get them again (x-consumer-timeout). */
function longHolders(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const queue of graph.of("queue")) {
    const s = settingsAs("queue", queue);
    if (s.queueType === "stream") continue;
    for (const { client } of graph.consumersOf(queue)) {
      const { ack, prefetch, concurrency, service, speed } = graph.consuming(client);
      if (ack !== "manual") continue;
      // What waits in the client's buffer is held as well; without a limit at least one message is.
      const held = (Math.max(1, Math.ceil(prefetch / concurrency)) * distMean(service)) / speed;
      if (held <= s.ackTimeout) continue;
      const facts = { client: client.name, held: round(held / 1000), limit: round(s.ackTimeout / 1000) };
      found.push(problem("warning", "poll-interval-too-short", queue, facts, "ackTimeout"));
    }
  }
  return found;
}

/** In a cluster: what lives on one node only, and is meant to last. */
function lonelyCopies(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const queue of graph.of("queue")) {
    const broker = brokerOf(graph.scenario, queue);
    if (broker === undefined || broker.kind !== "broker") continue;
    const { nodes, replicas } = settingsAs("broker", broker);
    if (nodes < 2) continue;
    const s = settingsAs("queue", queue);
    const isMeantToLast = s.durable && !s.exclusive && !s.autoDelete && !s.serverNamed;
    const isAlone = s.queueType === "classic" ? isMeantToLast : replicas === 1;
    if (isAlone) found.push(problem("info", "single-replica", queue, { broker: broker.name, nodes }));
  }
  return found;
}
