import { distMean } from "../../kernel/distributions.ts";
import { RATE_TOTAL_MAX } from "../fields.ts";
import { settingsAs } from "../schema.ts";
import { groupFrameOf } from "../topology.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import type { Priority } from "../values.ts";
import { capacityOf, type Flow, rateOf } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { groupCapacity } from "./kafka.ts";
import { type Outlet, offered, outletsOf } from "./outlets.ts";
import { type Problem, type ProblemCode, problem } from "./report-problem.ts";

/** Problems of settings: what will pile up, get lost, come back for ever, or have no effect. */
export function behaviourProblems(graph: Graph, flow: Flow): Problem[] {
  return [
    ...overloads(graph, flow),
    ...consumers(graph),
    ...ignoredPriorities(graph, flow),
    ...refusedByBroker(graph),
    ...budget(graph, flow),
  ];
}

/**
 * Queues that get more than their consumers can finish. Consumers that serve several queues are looked at together with all of them, and the queue with the highest rate
 * carries the sentence. A group of a stream is looked at like a queue of its own, a subscriber of a channel too.
 */
function overloads(graph: Graph, flow: Flow): Problem[] {
  const found: Problem[] = [];
  // Readers of a RabbitMQ stream do not share its messages: `keeping.ts` looks at them one by one.
  const outlets = outletsOf(graph).filter(({ store }) => store.settings?.queueType !== "stream");
  const byClient = new Map<string, Outlet[]>();
  for (const outlet of outlets)
    for (const edge of outlet.edges) byClient.set(edge.to, [...(byClient.get(edge.to) ?? []), outlet]);
  const seen = new Set<Outlet>();
  for (const start of outlets) {
    if (seen.has(start)) continue;
    const together: Outlet[] = [];
    const capacities = new Map<string, number>();
    const waiting = [start];
    seen.add(start);
    for (let outlet = waiting.pop(); outlet !== undefined; outlet = waiting.pop()) {
      together.push(outlet);
      for (const edge of outlet.edges) {
        const own = capacityOf(graph.node(edge.to), edge, outlet.store);
        capacities.set(edge.to, Math.max(capacities.get(edge.to) ?? 0, own));
        for (const other of byClient.get(edge.to) ?? []) {
          if (seen.has(other)) continue;
          seen.add(other);
          waiting.push(other);
        }
      }
    }
    if (capacities.size === 0) continue;
    const rate = together.reduce((sum, outlet) => sum + offered(graph, flow, outlet), 0);
    const isGroup = together.length === 1 && (start.store.kind === "topic" || start.store.kind === "rmqTopic");
    const capacity = isGroup
      ? groupCapacity(graph, start)
      : [...capacities.values()].reduce((sum, one) => sum + one, 0);
    if (rate === 0 || rate < capacity) continue;
    const { store, edges } = together.reduce((most, one) =>
      offered(graph, flow, one) > offered(graph, flow, most) ? one : most,
    );
    const rho = capacity > 0 ? round(rate / capacity) : "∞";
    const readers = edges.map((edge) => graph.node(edge.to).name).join(", ");
    const facts = { rho, rate: round(rate), capacity: round(capacity), readers };
    found.push(problem("warning", TOO_SLOW[store.kind] ?? "overload", store, facts));
  }
  return found;
}

/** What becomes of messages that come too fast differs: a queue grows, readers of a stream fall behind, subscribers are cut off. */
const TOO_SLOW: { readonly [kind: string]: ProblemCode } = {
  stream: "readers-too-slow",
  topic: "readers-too-slow",
  rmqTopic: "readers-too-slow",
  channel: "subscriber-too-slow",
};

const sustained = (flow: Flow, store: ScenarioNode): number => rateOf(flow.arriving.get(store.id));

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** Work longer than this makes an unlimited prefetch unfair in a way one can see. */
const SLOW_MS = 50;

function consumers(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const client of [...graph.of("consumer"), ...graph.of("service")]) {
    const edges = graph.in(client.id, "consume");
    if (edges.length === 0) continue;
    const s = graph.consuming(client);
    const sources = edges.map((edge) => graph.node(edge.from));
    if (s.ack !== "manual" && edges.some((edge) => isAcknowledged(graph, edge)))
      found.push(problem("warning", "auto-ack-can-lose", client, {}, "ack"));
    const isPushed = sources.some(({ kind }) => kind === "queue");
    if (isPushed && s.prefetch === 0 && s.ack !== "auto" && distMean(s.service) / s.speed >= SLOW_MS)
      found.push(problem("warning", "prefetch-unlimited-slow", client, { service: distMean(s.service) }, "prefetch"));
    // With `auto` the broker has forgotten the message already: nothing can come back.
    const always = s.failRate === 1 || s.failKeys.length > 0;
    const endless = edges.find((edge) => comesBackForEver(graph, edge));
    if (always && s.onFail === "requeue" && endless !== undefined)
      found.push(problem("warning", "requeue-forever", client, { queue: graph.node(endless.from).name }, "onFail"));
  }
  return found;
}

/** Whether the reader tells the store which messages are done. Lists and channels know no acknowledgement, nor does who reads a stream alone. */
function isAcknowledged(graph: Graph, edge: ScenarioEdge): boolean {
  const { kind } = graph.node(edge.from);
  return kind === "queue" || (kind === "stream" && settingsAs("consume", edge).group !== "");
}

/** Whether a message that is given back each time is handed out again without end. */
function comesBackForEver(graph: Graph, edge: ScenarioEdge): boolean {
  const from = graph.node(edge.from);
  const { ack } = graph.consuming(graph.node(edge.to));
  if (from.kind === "list") return settingsAs("list", from).take === "move";
  // Its offset is never passed: the partition stands still.
  if (from.kind === "topic") return true;
  if (from.kind === "rmqTopic") {
    const group = groupFrameOf(graph.scenario, graph.node(edge.to), "rmqTopic");
    const s = settingsAs("rmqGroup", group ?? { kind: "rmqGroup" });
    return s.mode === "clustering" && s.order === "orderly" && s.orderlyLimit === null;
  }
  if (!isAcknowledged(graph, edge) || ack !== "manual") return false;
  if (from.kind === "stream") {
    const { claimIdle, maxDeliveries } = settingsAs("stream", from);
    return claimIdle !== null && maxDeliveries === null;
  }
  const s = settingsAs("queue", from);
  return s.queueType !== "quorum" || s.deliveryLimit < 0;
}

function ignoredPriorities(graph: Graph, flow: Flow): Problem[] {
  const asking = graph.of("producer").filter((node) => isPrioritised(settingsAs("producer", node).priority));
  if (asking.length === 0) return [];
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (const producer of asking) {
    for (const queue of reachedBy(graph, flow, producer)) {
      if (seen.has(queue.id) || hasPriorities(queue)) continue;
      seen.add(queue.id);
      found.push(problem("warning", "priority-ignored", queue, { producer: producer.name }, "maxPriority"));
    }
  }
  return found;
}

/** A maximum priority cannot come from a policy; quorum queues always know two levels (4.x). */
function hasPriorities(queue: ScenarioNode): boolean {
  const s = settingsAs("queue", queue);
  return s.queueType === "quorum" || s.maxPriority !== null;
}

const isPrioritised = (priority: Priority): boolean =>
  typeof priority === "number" ? priority > 0 : priority.w.some((row) => row.value > 0 && row.weight > 0);

function reachedBy(graph: Graph, flow: Flow, producer: ScenarioNode): ScenarioNode[] {
  const ids = new Set<string>();
  for (const { edge, queues } of flow.sent) if (edge.from === producer.id) for (const id of queues) ids.add(id);
  return graph.of("queue").filter((queue) => ids.has(queue.id));
}

/** Combinations that a broker refuses when the queue is declared (406). */
function refusedByBroker(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const queue of graph.of("queue")) {
    const s = settingsAs("queue", queue);
    if (s.deadLetterKey !== null && graph.deadLetter(queue) === null)
      found.push(problem("warning", "dead-letter-key-alone", queue, { key: s.deadLetterKey }, "deadLetterKey"));
    if (s.queueType !== "quorum") continue;
    if (s.overflow === "reject-publish-dlx")
      found.push(problem("warning", "overflow-not-for-quorum", queue, {}, "overflow"));
    if (s.deadLetterStrategy === "at-least-once" && s.overflow !== "reject-publish")
      found.push(problem("warning", "at-least-once-needs-reject", queue, {}, "overflow"));
  }
  return found;
}

/** Producers alone are limited by validation; a wide fan-out multiplies what they send. */
function budget(graph: Graph, flow: Flow): Problem[] {
  if (flow.copies <= RATE_TOTAL_MAX) return [];
  const queues = graph.stores();
  const heaviest = queues.reduce((most, queue) => (sustained(flow, queue) > sustained(flow, most) ? queue : most));
  const facts = { rate: Math.round(flow.copies), max: RATE_TOTAL_MAX };
  return [problem("warning", "rate-above-engine-budget", heaviest, facts)];
}
