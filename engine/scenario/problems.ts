import { behaviourProblems } from "./analysis/behaviour.ts";
import { estimateFlow } from "./analysis/flow.ts";
import { Graph } from "./analysis/graph.ts";
import { kafkaProblems } from "./analysis/kafka.ts";
import { keepingProblems } from "./analysis/keeping.ts";
import { loopProblems } from "./analysis/loops.ts";
import { redisProblems } from "./analysis/redis.ts";
import { PROBLEM_CODES, type Problem, type ProblemCode } from "./analysis/report-problem.ts";
import { rocketmqProblems } from "./analysis/rocketmq.ts";
import { wiringProblems } from "./analysis/wiring.ts";
import { zeromqProblems } from "./analysis/zeromq.ts";
import { settingsBeside } from "./beside.ts";
import { absolutePosition, addNode, connect } from "./edit.ts";
import { setSetting } from "./edit-settings.ts";
import { kindSpec, settingsAs, settingsOf } from "./schema.ts";
import { brokerOf } from "./topology.ts";
import type { Scenario, ScenarioNode, Settings } from "./types.ts";
import { hasErrors, validate } from "./validate.ts";

export { PROBLEM_CODES, type Problem, type ProblemCode };

const RANK = { error: 0, warning: 1, info: 2 } as const;

/**
 * What is doubtful about a document that can run: told from the drawing alone, before anything has happened. Warnings come first, otherwise in the document's order.
 * A document with errors has none: its errors come first.
 */
export function problemsOf(scenario: Scenario): Problem[] {
  if (hasErrors(validate(scenario).issues)) return [];
  const graph = new Graph(scenario);
  const flow = estimateFlow(graph);
  const order = new Map([...scenario.nodes, ...scenario.edges].map((item, index) => [item.id, index]));
  const place = (one: Problem) => RANK[one.severity] * 1e6 + (order.get(one.target ?? "") ?? 0);
  return [
    ...wiringProblems(graph, flow),
    ...behaviourProblems(graph, flow),
    ...keepingProblems(graph, flow),
    ...redisProblems(graph),
    ...zeromqProblems(graph),
    ...kafkaProblems(graph, flow),
    ...rocketmqProblems(graph, flow),
    ...loopProblems(graph),
  ].sort((a, b) => place(a) - place(b));
}

/** Settings that put a problem right without taking anything away from what was meant. */
const SETTING_FIXES: { readonly [code: string]: readonly [name: string, value: string | number] } = {
  "prefetch-unlimited-slow": ["prefetch", 10],
  "auto-ack-can-lose": ["ack", "manual"],
  "requeue-forever": ["onFail", "reject"],
  "priority-ignored": ["maxPriority", 10],
  "overflow-not-for-quorum": ["overflow", "reject-publish"],
  "at-least-once-needs-reject": ["overflow", "reject-publish"],
  "poll-interval-too-short": ["ackTimeout", 1_800_000],
  "req-without-timeout": ["timeout", 5000],
  "pop-can-lose": ["take", "move"],
  "dead-letter-never": ["maxDeliveries", 5],
  "acks1-with-replicas": ["acks", "all"],
  "delay-not-in-type": ["messageType", "delay"],
  "orderly-not-fifo": ["messageType", "fifo"],
  "broadcast-drops": ["mode", "clustering"],
  "tags-match-nothing": ["filter", "*"],
  "sync-without-slave": ["replicas", 1],
};

/** Codes that have a quick fix; its words are `problems.fixes.<code>`. */
export const QUICK_FIXES: readonly ProblemCode[] = [
  ...(Object.keys(SETTING_FIXES) as ProblemCode[]),
  "no-consumer",
  "no-subscriber",
  "dlx-missing-target",
  "alternate-missing-target",
  "declare-mismatch",
  "exchange-unbound",
  "stream-refuses-consumer",
  "single-replica",
  "same-attach",
  "minisr-above-rf",
  "replication-above-brokers",
  "heartbeat-too-rare",
  "fifo-without-key",
];

/** What a stream asks of its consumers (semantics/rabbitmq.md §15). */
const STREAM_CONSUMER = { prefetch: 10, prefetchGlobal: false, ack: "manual", getEvery: null } as const;

function several(scenario: Scenario, id: string, settings: Settings): Scenario | null {
  let after = scenario;
  for (const [name, value] of Object.entries(settings)) after = setSetting(after, id, name, value).scenario;
  return after === scenario ? null : after;
}

/** A quorum queue in place of a classic one, unless that would take something from it; replicas where the cluster makes none. */
function replicated(scenario: Scenario, queue: ScenarioNode): Scenario | null {
  const s = settingsAs("queue", queue);
  if (s.queueType === "classic") {
    if (s.maxPriority !== null || s.overflow === "reject-publish-dlx") return null;
    return setSetting(scenario, queue.id, "queueType", "quorum").scenario;
  }
  const broker = brokerOf(scenario, queue);
  if (broker === undefined) return null;
  const { nodes } = settingsAs("broker", broker);
  return setSetting(scenario, broker.id, "replicas", Math.min(3, nodes)).scenario;
}

/** As many copies of a topic as its cluster has brokers, and at most so many. */
function inCluster(scenario: Scenario, topic: ScenarioNode, most: number): Scenario | null {
  const cluster = brokerOf(scenario, topic);
  const brokers = cluster === undefined ? 1 : settingsAs("cluster", cluster).brokers;
  const copies = Math.min(most, brokers);
  const after = setSetting(scenario, topic.id, "replication", copies).scenario;
  const { minInsync } = settingsAs("topic", topic);
  return minInsync <= copies ? after : setSetting(after, topic.id, "minInsync", copies).scenario;
}

/** A key with which something comes to an exchange; undefined when nothing is known. */
function keyInto(scenario: Scenario, { id }: ScenarioNode): string | undefined {
  const edge = scenario.edges.find(({ kind, to }) => kind === "publish" && to === id);
  const from = scenario.nodes.find((node) => node.id === edge?.from);
  if (edge === undefined || from === undefined) return undefined;
  const own = settingsOf(edge).routingKey ?? settingsOf(from).routingKey;
  // A template stands for several keys: what comes of it is worked out, which takes longer.
  if (typeof own === "string" && !own.includes("{")) return own;
  return estimateFlow(new Graph(scenario)).sent.find((sent) => sent.edge === edge)?.stream.key;
}

/** A queue behind an exchange that has none, bound so that something arrives. */
function bound(scenario: Scenario, exchange: ScenarioNode): Scenario | null {
  const width = exchange.w ?? kindSpec(exchange.kind)?.size.w ?? 10;
  const beside = { x: exchange.x + width + 8, y: exchange.y, ...(exchange.parent && { parent: exchange.parent }) };
  const added = addNode(scenario, "queue", beside);
  const joined = connect(added.scenario, exchange.id, added.id);
  if (!joined.ok) return null;
  const { type } = settingsAs("exchange", exchange);
  const key = type === "topic" ? "#" : type === "direct" ? keyInto(scenario, exchange) : undefined;
  return key === undefined ? joined.scenario : setSetting(joined.scenario, joined.id, "key", key).scenario;
}

/** Puts a problem right where that is safe. @returns null when there is no quick fix, or it no longer applies */
export function quickFix(scenario: Scenario, { code, target = "", facts }: Problem): Scenario | null {
  const setting = Object.hasOwn(SETTING_FIXES, code) ? SETTING_FIXES[code] : undefined;
  if (setting !== undefined) {
    const after = setSetting(scenario, target, setting[0], setting[1]).scenario;
    return after === scenario ? null : after;
  }
  if (code === "declare-mismatch") {
    const declared = scenario.edges.find((edge) => edge.id === target)?.settings?.declare;
    if (declared !== "durable" && declared !== "transient") return null;
    return setSetting(scenario, target, "declare", declared === "durable" ? "transient" : "durable").scenario;
  }
  if (code === "same-attach") {
    const edge = scenario.edges.find((other) => other.id === target);
    return edge === undefined ? null : setSetting(scenario, edge.to, "attach", "auto").scenario;
  }
  const node = scenario.nodes.find((other) => other.id === target);
  if (node === undefined) return null;
  const width = node.w ?? kindSpec(node.kind)?.size.w ?? 10;
  if (code === "stream-refuses-consumer") return several(scenario, target, STREAM_CONSUMER);
  if (code === "single-replica")
    return node.kind === "topic" ? inCluster(scenario, node, 3) : replicated(scenario, node);
  if (code === "minisr-above-rf") return setSetting(scenario, target, "minInsync", Number(facts.replication)).scenario;
  if (code === "replication-above-brokers") return inCluster(scenario, node, Number(facts.brokers));
  // A third of the time-out is what Kafka's own documentation advises.
  if (code === "heartbeat-too-rare")
    return setSetting(scenario, target, "heartbeat", Math.max(1, Math.floor(Number(facts.session) / 3))).scenario;
  if (code === "fifo-without-key") return setSetting(scenario, target, "key", { k: "roundRobin", n: 4 }).scenario;
  if (code === "exchange-unbound") return bound(scenario, node);
  if (code === "no-consumer" || code === "no-subscriber") {
    const { x, y } = absolutePosition(scenario, node);
    const kind = node.kind === "socket" || node.kind === "proxy" ? "socket" : "consumer";
    const settings = settingsBeside(node, kind);
    const added = addNode(scenario, kind, { x: x + width + 8, y, ...(settings && { settings }) });
    const joined = connect(added.scenario, target, added.id);
    return joined.ok ? joined.scenario : null;
  }
  if (code === "dlx-missing-target" || code === "alternate-missing-target") {
    const name = String(facts.exchange);
    if (name === "" || node.settings?.deadLetterExchange === "") return null;
    const below = { x: node.x + width + 8, y: node.y + 8, ...(node.parent !== undefined && { parent: node.parent }) };
    const added = addNode(scenario, "exchange", { ...below, name, settings: { type: "fanout" } });
    const as = code === "dlx-missing-target" ? "deadLetter" : "alternate";
    const joined = connect(added.scenario, target, added.id, { as });
    if (!joined.ok) return null;
    const field = as === "deadLetter" ? "deadLetterExchange" : "alternate";
    const nodes = joined.scenario.nodes.map((other) => {
      if (other.id !== target || other.settings?.[field] === undefined) return other;
      const kept = Object.entries(other.settings).filter(([setting]) => setting !== field);
      return { ...other, settings: Object.fromEntries(kept) };
    });
    return { ...joined.scenario, nodes };
  }
  return null;
}
