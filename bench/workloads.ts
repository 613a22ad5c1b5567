import type { Scenario } from "../engine/index.ts";
import { churn } from "./churn.ts";
import { document, edge, exponential, node } from "./drawing.ts";
import { brokerGraph } from "./graph.ts";
import { imported } from "./imported.ts";
import { logGraph } from "./log-graph.ts";

/** An ordinary scenario — what a person could draw — run by the ordinary run to a virtual time. */
export interface Workload {
  name: WorkloadName;
  scenario: Scenario;
  /** Virtual ms at which the run ends. */
  until: number;
  /** The same model in limit.cpp; null where there is none. */
  reference: Reference | null;
  /** What the ratios compare: what one message costs, or one hop of it. */
  unit: "messages" | "hops";
  /** The plain-object engine plays it too. */
  isPlain: boolean;
  /** Virtual ms at which the most messages stand in queues; null where that says nothing. */
  fullAt: number | null;
  /** When the run ends, nothing is left in it. */
  drains: boolean;
}

export interface Reference {
  model: "w1" | "w2" | "w3" | "w3l" | "w4";
  /** Its event list: the fastest for the model. */
  set: "heapb" | "lane" | "heap";
  messages: number;
}

/** Messages that the producers of the whole workload publish; a quick run takes a tenth of them. */
const MESSAGES = {
  mm1: 2_000_000,
  tandem: 1_000_000,
  graph: 500_000,
  graphSlow: 300_000,
  backlog: 5_000_000,
  churn: 200_000,
  imported: 20_000,
  kafka: 300_000,
};

export type WorkloadName = keyof typeof MESSAGES;
export const WORKLOADS = Object.keys(MESSAGES) as WorkloadName[];

/** @param scale share of the whole size, 0 < scale ≤ 1 */
export function workload(name: WorkloadName, scale: number): Workload {
  const messages = Math.max(100, Math.round(MESSAGES[name] * scale));
  switch (name) {
    case "mm1":
      return steady(name, mm1(), messages, { model: "w1", set: "heapb" });
    case "tandem":
      return steady(name, tandem(), messages, { model: "w2", set: "heapb" });
    case "graph":
      return { ...steady(name, brokerGraph(0), messages, { model: "w3", set: "heapb" }), unit: "hops" };
    case "graphSlow":
      // A mean service of one is a millisecond here; the reference's edges take a hundredth of it.
      return { ...steady(name, brokerGraph(0.01), messages, { model: "w3l", set: "lane" }), unit: "hops" };
    case "backlog":
      return backlog(messages);
    case "churn":
      return { ...steady(name, churn(), messages, null), isPlain: false };
    case "kafka":
      return { ...steady(name, logGraph(), messages, null), unit: "hops", isPlain: false };
    case "imported":
      return { ...steady(name, imported(), messages, null), isPlain: false };
  }
}

/** Producers that never stop: the run ends when they have published about as many messages. */
function steady(
  name: WorkloadName,
  scenario: Scenario,
  messages: number,
  reference: Pick<Reference, "model" | "set"> | null,
): Workload {
  // In a steady state the size does not matter to the reference; a short run of it would be lost in the clock's noise.
  const size = reference && { ...reference, messages: MESSAGES[name] };
  const until = (messages / ratePerSecond(scenario)) * 1000;
  return { name, scenario, until, reference: size, unit: "messages", isPlain: true, fullAt: null, drains: false };
}

function ratePerSecond({ nodes }: Scenario): number {
  let rate = 0;
  // 2 is the schema's default.
  for (const { kind, settings } of nodes) if (kind === "producer") rate += Number(settings?.rate ?? 2);
  return rate;
}

/** One queue, one consumer, load 0.8. */
export function mm1(): Scenario {
  return document(
    [
      node("p", "producer", { rate: 800, arrival: "exponential" }),
      node("q", "queue"),
      node("c", "consumer", { service: exponential(1), prefetch: 1 }),
    ],
    [edge("publish", "p", "q"), edge("consume", "q", "c")],
  );
}

/** Four queues in series with three servers each, load 0.8. */
function tandem(): Scenario {
  const nodes = [node("p", "producer", { rate: 2400, arrival: "exponential" })];
  const edges = [edge("publish", "p", "q1")];
  for (let i = 1; i <= 4; i++) {
    nodes.push(node(`q${i}`, "queue"));
    const isLast = i === 4;
    nodes.push(node(`s${i}`, isLast ? "consumer" : "service", { service: exponential(1), prefetch: 1, instances: 3 }));
    edges.push(edge("consume", `q${i}`, `s${i}`));
    if (!isLast) edges.push(edge("publish", `s${i}`, `q${i + 1}`));
  }
  return document(nodes, edges);
}

/** One queue grows while its consumer is away; then the producer pauses, the consumer comes back and works it off. */
function backlog(messages: number): Workload {
  const rate = 10_000;
  const scenario = document(
    [
      node("p", "producer", { rate, arrival: "exponential" }),
      node("q", "queue"),
      node("c", "consumer", { service: exponential(1000 / rate), prefetch: 1 }),
    ],
    [edge("publish", "p", "q"), edge("consume", "q", "c")],
  );
  const grown = Math.round((messages / rate) * 1000);
  scenario.timeline = [
    { t: 0, do: "consumer.stop", target: "c" },
    { t: grown, do: "producer.pause", target: "p" },
    { t: grown, do: "consumer.restart", target: "c" },
  ];
  // Growing and draining take as long, but for chance: eight of its standard deviations, √2 · √messages services.
  const slack = (8 * Math.sqrt(2 * messages) * 1000) / rate;
  return {
    name: "backlog",
    scenario,
    until: 2 * grown + Math.ceil(slack),
    reference: { model: "w4", set: "heap", messages },
    unit: "messages",
    isPlain: true,
    fullAt: grown,
    drains: true,
  };
}
