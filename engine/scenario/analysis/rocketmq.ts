import { fieldOf, settingsAs } from "../schema.ts";
import { groupFrameOf, groupOf, lanesOf } from "../topology.ts";
import type { ScenarioNode } from "../types.ts";
import type { Flow } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { type Outlet, outletsOf } from "./outlets.ts";
import { type Problem, problem } from "./report-problem.ts";
import { filterOf, isBroadcasting, passesTags } from "./tags.ts";

/** What RocketMQ does as it was told, and few expect (semantics/rocketmq.md): idle members, order that nobody keeps, filters that fit no tag, failures that nobody sees again. */
export function rocketmqProblems(graph: Graph, flow: Flow): Problem[] {
  const outlets = outletsOf(graph).filter(({ store }) => store.kind === "rmqTopic");
  return [
    ...graph.of("rmqTopic").flatMap((topic) => senders(graph, topic)),
    ...outlets.flatMap((outlet) => [...members(graph, outlet), ...filters(graph, flow, outlet)]),
    ...graph.of("rmqGroup").flatMap((group) => [...order(graph, group), ...drops(graph, group)]),
    ...graph.of("brokerSet").flatMap(slaves),
  ];
}

/** What producers say of their messages means something in topics of one type only: clients of line 5 are refused elsewhere. */
function senders(graph: Graph, topic: ScenarioNode): Problem[] {
  const { messageType } = settingsAs("rmqTopic", topic);
  return graph.in(topic.id, "publish").flatMap((edge) => {
    const producer = graph.node(edge.from);
    if (producer.kind !== "producer") return [];
    const { key, delayLevel, delay } = settingsAs("producer", producer);
    if (messageType === "fifo" && key.k === "none")
      return [problem("warning", "fifo-without-key", producer, { topic: topic.name }, "key")];
    if ((delayLevel !== null || delay !== null) && messageType !== "delay") {
      const facts = { producer: producer.name, type: messageType };
      return [problem("warning", "delay-not-in-type", topic, facts, "messageType")];
    }
    return [];
  });
}

/** A queue is read by one member of a group: the others have nothing to do. */
function members(graph: Graph, { store, edges }: Outlet): Problem[] {
  const [first] = edges;
  if (first === undefined || isBroadcasting(graph.scenario, first)) return [];
  const queues = lanesOf(graph.scenario, store);
  const count = edges.reduce((sum, edge) => sum + graph.consuming(graph.node(edge.to)).instances, 0);
  if (count <= queues) return [];
  const facts = { group: groupOf(graph.scenario, first), members: count, queues, idle: count - queues };
  return [problem("info", "more-members-than-queues", store, facts, "queues")];
}

/** A group whose filter fits no tag that comes. */
function filters(graph: Graph, flow: Flow, { store, edges }: Outlet): Problem[] {
  const [first] = edges;
  const streams = flow.arriving.get(store.id) ?? [];
  if (first === undefined || streams.length === 0) return [];
  const filter = filterOf(graph.scenario, first);
  if (streams.some(({ key }) => passesTags(filter, key))) return [];
  const client = graph.node(first.to);
  const frame = groupFrameOf(graph.scenario, client, "rmqTopic");
  const facts = { group: groupOf(graph.scenario, first), filter, topic: store.name };
  return [problem("warning", "tags-match-nothing", frame ?? first, facts, "filter")];
}

/** Order is made by the producer's choice of queue; a group that works in order has none to keep where queues are taken in turn. */
function order(graph: Graph, group: ScenarioNode): Problem[] {
  if (settingsAs("rmqGroup", group).order !== "orderly") return [];
  const topic = topicsOf(graph, group).find((one) => settingsAs("rmqTopic", one).messageType === "normal");
  return topic === undefined ? [] : [problem("info", "orderly-not-fifo", topic, { group: group.name }, "messageType")];
}

function drops(graph: Graph, group: ScenarioNode): Problem[] {
  if (settingsAs("rmqGroup", group).mode !== "broadcasting") return [];
  const client = clientsOf(graph, group).find((one) => {
    const { failRate, failKeys } = graph.consuming(one);
    return failRate > 0 || failKeys.length > 0;
  });
  return client === undefined ? [] : [problem("info", "broadcast-drops", group, { client: client.name }, "mode")];
}

/** A synchronous master without a slave waits for nobody. */
function slaves(brokers: ScenarioNode): Problem[] {
  const { replicate, replicas } = settingsAs("brokerSet", brokers);
  return replicate === "sync" && replicas === 0
    ? [problem("warning", "sync-without-slave", brokers, {}, "replicas")]
    : [];
}

const clientsOf = (graph: Graph, group: ScenarioNode): ScenarioNode[] =>
  graph.scenario.nodes.filter(
    (node) => fieldOf(node.kind, "failRate") !== undefined && groupFrameOf(graph.scenario, node, "rmqTopic") === group,
  );

const topicsOf = (graph: Graph, group: ScenarioNode): ScenarioNode[] =>
  clientsOf(graph, group)
    .flatMap((client) => graph.in(client.id, "consume").map((edge) => graph.node(edge.from)))
    .filter(({ kind }) => kind === "rmqTopic");
