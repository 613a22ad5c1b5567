import { settingsAs } from "../schema.ts";
import { brokerOf, groupFrameOf, groupOf, lanesOf } from "../topology.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import { capacityOf, type Flow, rateOf } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { type Outlet, outletsOf, workOf } from "./outlets.ts";
import { type Problem, problem } from "./report-problem.ts";

/** What Kafka does as it was told, and few expect (semantics/kafka.md): idle members, replicas that protect nothing, groups that throw out who works too long. */
export function kafkaProblems(graph: Graph, flow: Flow): Problem[] {
  const outlets = outletsOf(graph).filter(({ store }) => store.kind === "topic");
  return [
    ...graph.of("topic").flatMap((topic) => replicas(graph, topic)),
    ...outlets.flatMap((outlet) => [...members(graph, outlet), ...retention(graph, flow, outlet)]),
    ...graph.of("group").flatMap((group) => [...patience(graph, group), ...heartbeats(group)]),
  ];
}

function replicas(graph: Graph, topic: ScenarioNode): Problem[] {
  const found: Problem[] = [];
  const { replication, minInsync } = settingsAs("topic", topic);
  const cluster = brokerOf(graph.scenario, topic);
  const brokers = cluster === undefined ? 1 : settingsAs("cluster", cluster).brokers;
  if (replication > brokers) {
    const facts = { replication, brokers };
    found.push(problem("warning", "replication-above-brokers", topic, facts, "replication"));
  }
  const copies = Math.min(replication, brokers);
  if (minInsync > copies)
    found.push(problem("warning", "minisr-above-rf", topic, { minInsync, replication: copies }, "minInsync"));
  if (copies === 1 && brokers > 1)
    found.push(problem("info", "single-replica", topic, { broker: cluster?.name ?? "", nodes: brokers }));
  if (copies === 1) return found;
  for (const edge of graph.in(topic.id, "publish")) {
    const producer = graph.node(edge.from);
    if (producer.kind !== "producer" || settingsAs("producer", producer).acks === "all") continue;
    const { acks } = settingsAs("producer", producer);
    found.push(problem("info", "acks1-with-replicas", producer, { topic: topic.name, acks }, "acks"));
  }
  return found;
}

const isMember = (graph: Graph, edge: ScenarioEdge): boolean => groupOf(graph.scenario, edge) !== "";

/** A partition is read by one member of a group: the others have nothing to do. */
function members(graph: Graph, { store, edges }: Outlet): Problem[] {
  const [first] = edges;
  if (first === undefined || !isMember(graph, first)) return [];
  const { partitions } = settingsAs("topic", store);
  const count = edges.reduce((sum, edge) => sum + graph.consuming(graph.node(edge.to)).instances, 0);
  if (count <= partitions) return [];
  const facts = { group: groupOf(graph.scenario, first), members: count, partitions, idle: count - partitions };
  return [problem("info", "more-members-than-partitions", store, facts, "partitions")];
}

/** Messages per second that the members of a group can finish: no more of them work than there are partitions. */
export function groupCapacity(graph: Graph, { store, edges }: Outlet): number {
  const [first] = edges;
  const each = edges.flatMap((edge) => {
    const client = graph.node(edge.to);
    const { instances } = graph.consuming(client);
    return Array.from({ length: instances }, () => capacityOf(client, edge, store) / instances);
  });
  const partitions = lanesOf(graph.scenario, store);
  const most = first !== undefined && isMember(graph, first) ? partitions : each.length;
  return each
    .sort((a, b) => b - a)
    .slice(0, most)
    .reduce((sum, one) => sum + one, 0);
}

/** Longer than this nobody waits to see records go. */
const LONG_MS = 86_400_000;

/** A group that falls further and further behind loses what retention deletes before it was read. */
function retention(graph: Graph, flow: Flow, outlet: Outlet): Problem[] {
  const { store, edges } = outlet;
  const { retentionTime, retentionBytes, cleanup } = settingsAs("topic", store);
  const isShort = (retentionTime ?? Number.POSITIVE_INFINITY) < LONG_MS || retentionBytes !== null;
  if (!isShort || cleanup === "compact" || edges.length === 0) return [];
  const rate = rateOf(flow.arriving.get(store.id));
  const capacity = groupCapacity(graph, outlet);
  if (rate === 0 || rate <= capacity) return [];
  const client = edges.map((edge) => graph.node(edge.to).name).join(", ");
  const facts = { client, rate: round(rate), capacity: round(capacity) };
  return [problem("warning", "retention-shorter-than-lag", store, facts, "retentionTime")];
}

/** A member that works on its batch for longer than the poll interval leaves the group, and others begin with the batch again. */
function patience(graph: Graph, group: ScenarioNode): Problem[] {
  const { maxPollRecords, maxPollInterval } = settingsAs("group", group);
  for (const client of [...graph.of("consumer"), ...graph.of("service")]) {
    if (groupFrameOf(graph.scenario, client, "topic") !== group) continue;
    if (!graph.in(client.id, "consume").some((edge) => graph.node(edge.from).kind === "topic")) continue;
    const { concurrency } = graph.consuming(client);
    const batch = (workOf(client) * maxPollRecords) / concurrency;
    if (batch <= maxPollInterval) continue;
    const facts = {
      client: client.name,
      count: maxPollRecords,
      time: round(batch / 1000),
      limit: round(maxPollInterval / 1000),
    };
    return [problem("info", "batch-outlasts-interval", group, facts, "maxPollRecords")];
  }
  return [];
}

function heartbeats(group: ScenarioNode): Problem[] {
  const { heartbeat, sessionTimeout } = settingsAs("group", group);
  if (heartbeat < sessionTimeout) return [];
  return [problem("warning", "heartbeat-too-rare", group, { heartbeat, session: sessionTimeout }, "heartbeat")];
}

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
