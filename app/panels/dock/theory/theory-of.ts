/** Loaded only when a queue or its consumer is looked at: the closed forms have no part in the first picture. */
import { predictionOf } from "../../../../engine/metrics/predictions.ts";
import { type Theory, theoryFor } from "../../../../engine/metrics/theory-fit.ts";
import type { Scenario } from "../../../../engine/scenario/index.ts";

/** Theory of one queue, with the names that the card needs. */
export interface QueueTheory {
  queue: { id: string; name: string };
  theory: Theory;
  /** Ids of its consumers. */
  consumers: string[];
  /** Of the first consumer, as set. */
  prefetch: number;
}

/** The queue that a selected node is about: itself, or the first that it consumes from; null for other nodes. */
export function queueOf(scenario: Scenario, id: string): string | null {
  const node = scenario.nodes.find((one) => one.id === id);
  if (node?.kind === "queue") return id;
  if (node?.kind !== "consumer" && node?.kind !== "service") return null;
  const isQueue = (at: string) => scenario.nodes.some((one) => one.id === at && one.kind === "queue");
  return scenario.edges.find((edge) => edge.kind === "consume" && edge.to === id && isQueue(edge.from))?.from ?? null;
}

/** @param id of the selected node @returns null for what has no theory */
export function theoryOf(scenario: Scenario, id: string): QueueTheory | null {
  const queueId = queueOf(scenario, id);
  const queue = scenario.nodes.find((one) => one.id === queueId);
  if (queue === undefined) return null;
  const consumers = scenario.edges.filter((edge) => edge.kind === "consume" && edge.from === queue.id);
  const own = scenario.nodes.find((one) => one.id === consumers[0]?.to)?.settings?.prefetch;
  return {
    queue: { id: queue.id, name: queue.name },
    theory: theoryFor(scenario, queue.id),
    consumers: consumers.map(({ to }) => to),
    prefetch: typeof own === "number" ? own : 10,
  };
}

const CHARTED: { readonly [chart: string]: string } = {
  depth: "depth.mean",
  wait: "wait.mean",
  utilisation: "utilisation",
  e2e: "e2e.mean",
};

/** Where theory draws a line in a chart, in the frame's unit (times µs); NaN where it draws none. @param chart its id */
export function lineIn(found: QueueTheory, chart: string, kind: string): number {
  const metric = CHARTED[chart];
  if (metric === undefined || (kind !== "queue" && found.consumers.length > 1)) return Number.NaN;
  const value = predictionOf(found.theory, kind, metric);
  return metric.endsWith(".mean") && metric !== "depth.mean" ? value * 1000 : value;
}
