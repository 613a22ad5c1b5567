import { distMean } from "../../kernel/distributions.ts";
import { RATE_TOTAL_MAX } from "../fields.ts";
import { settingsAs } from "../schema.ts";
import type { ScenarioNode } from "../types.ts";
import type { Priority } from "../values.ts";
import { capacityOf, type Flow, rateOf } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";

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
 * carries the sentence.
 */
function overloads(graph: Graph, flow: Flow): Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (const start of graph.of("queue")) {
    if (seen.has(start.id)) continue;
    const queues: ScenarioNode[] = [];
    const capacities = new Map<string, number>();
    const waiting = [start];
    seen.add(start.id);
    for (let queue = waiting.pop(); queue !== undefined; queue = waiting.pop()) {
      queues.push(queue);
      for (const { client, edge } of graph.consumersOf(queue)) {
        capacities.set(client.id, Math.max(capacities.get(client.id) ?? 0, capacityOf(client, edge)));
        for (const other of graph.in(client.id, "consume")) {
          if (seen.has(other.from)) continue;
          seen.add(other.from);
          waiting.push(graph.node(other.from));
        }
      }
    }
    if (capacities.size === 0) continue;
    const rate = queues.reduce((sum, queue) => sum + sustained(flow, queue), 0);
    const capacity = [...capacities.values()].reduce((sum, one) => sum + one, 0);
    if (rate === 0 || rate < capacity) continue;
    const heaviest = queues.reduce((most, queue) => (sustained(flow, queue) > sustained(flow, most) ? queue : most));
    const rho = capacity > 0 ? round(rate / capacity) : "∞";
    found.push(problem("warning", "overload", heaviest, { rho, rate: round(rate), capacity: round(capacity) }));
  }
  return found;
}

const sustained = (flow: Flow, queue: ScenarioNode): number => rateOf(flow.arriving.get(queue.id));

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** Work longer than this makes an unlimited prefetch unfair in a way one can see. */
const SLOW_MS = 50;

function consumers(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const client of [...graph.of("consumer"), ...graph.of("service")]) {
    const edges = graph.in(client.id, "consume");
    if (edges.length === 0) continue;
    const s = graph.consuming(client);
    if (s.ack !== "manual") found.push(problem("warning", "auto-ack-can-lose", client, {}, "ack"));
    if (s.prefetch === 0 && s.ack !== "auto" && distMean(s.service) / s.speed >= SLOW_MS)
      found.push(problem("warning", "prefetch-unlimited-slow", client, { service: distMean(s.service) }, "prefetch"));
    // With `auto` the broker has forgotten the message already: nothing can come back.
    const always = s.failRate === 1 || s.failKeys.length > 0;
    const endless = edges.map((edge) => graph.node(edge.from)).find((queue) => !limitsDeliveries(queue));
    if (always && s.onFail === "requeue" && s.ack === "manual" && endless !== undefined)
      found.push(problem("warning", "requeue-forever", client, { queue: endless.name }, "onFail"));
  }
  return found;
}

function limitsDeliveries(queue: ScenarioNode): boolean {
  const s = settingsAs("queue", queue);
  return s.queueType === "quorum" && s.deliveryLimit >= 0;
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
  const queues = graph.of("queue");
  const heaviest = queues.reduce((most, queue) => (sustained(flow, queue) > sustained(flow, most) ? queue : most));
  const facts = { rate: Math.round(flow.copies), max: RATE_TOTAL_MAX };
  return [problem("warning", "rate-above-engine-budget", heaviest, facts)];
}
