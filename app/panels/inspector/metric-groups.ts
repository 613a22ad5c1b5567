import { type ScenarioNode, settingsAs } from "../../../engine/scenario/index.ts";
import { baseOf, partOf, unitOf } from "../dock/charts/metric-format.ts";

/** A target's metrics, sorted by how they are shown. */
export interface MetricGroups {
  /** One number each: ready, utilisation … */
  levels: string[];
  /** Bases of counters, each with `.total` and `.rate`. */
  counters: string[];
  /** Bases of histograms, each with `.mean`, `.p50`, `.p95`, `.p99`. */
  times: string[];
}

export function groupMetrics(metrics: readonly string[]): MetricGroups {
  const groups: MetricGroups = { levels: [], counters: [], times: [] };
  const all = new Set(metrics);
  for (const metric of metrics) {
    const base = baseOf(metric);
    switch (partOf(metric)) {
      case "total":
        groups.counters.push(base);
        break;
      case "p95":
        groups.times.push(base);
        break;
      case "":
        // Of the system's ends by reason the ledger tells; how far a group is belongs to its stream.
        if (!metric.includes("[") || /^(lag|pending)\[/.test(metric)) groups.levels.push(metric);
        break;
      case "mean":
        // A level's mean over the window is shown beside the level itself.
        if (!all.has(`${base}.p95`) && !groups.levels.includes(base)) groups.levels.push(metric);
        break;
    }
  }
  return groups;
}

/** What a socket's program does not do: one that makes messages works on none, and there is no broker that would refuse them. */
const NOT_OF_SOCKETS = ["returned", "rejected", "denied", "redelivered"];
const OF_MAKERS = ["publish", "confirm", "retry", "failed", "outbox", "blockedShare", "response"];
const OF_WORKERS = ["processed", "errors", "duplicates", "inFlight", "utilisation", "service", "e2e", "wait"];

/**
 * The metrics of a socket that mean something for what its program does; all of them have a place in the frame.
 * @param makes it makes messages @param works it works on messages; a program can do both
 */
export function metricsOfSocket(metrics: readonly string[], makes: boolean, works: boolean): string[] {
  const others = [...(makes ? [] : OF_MAKERS), ...(works ? [] : OF_WORKERS)];
  return metrics.filter((metric) => ![...NOT_OF_SOCKETS, ...others].includes(baseOf(metric)));
}

const OF_TRANSACTIONS = ["half", "commit", "rollback", "check"];
/** What the broker keeps for a group: its offsets, and the messages that failed there. */
const KEPT_FOR_GROUPS = ["commit", "retrying", "retry", "dead", "deadLettered"];

/** The metrics of a RocketMQ topic or group that mean something for what it is set to. */
export function metricsOfRocket(node: ScenarioNode, metrics: readonly string[]): string[] {
  const isPlain = node.kind === "rmqTopic" && settingsAs("rmqTopic", node).messageType !== "transaction";
  const isUnknown = node.kind === "rmqGroup" && settingsAs("rmqGroup", node).mode === "broadcasting";
  const without = isPlain ? OF_TRANSACTIONS : isUnknown ? KEPT_FOR_GROUPS : [];
  return metrics.filter((metric) => !without.includes(baseOf(metric)));
}

/**
 * The figures whose long-run mean says how a node or edge does: levels and shares, rates of what has happened at all, durations. What the run cannot average it leaves
 * unanswered. @param total of a counter, so far
 */
export function longRun(metrics: readonly string[], total: (counter: string) => number): string[] {
  const { levels, counters, times } = groupMetrics(metrics);
  return [
    ...levels.filter((metric) => unitOf(metric) === "count" || unitOf(metric) === "share"),
    ...counters.filter((base) => unitOf(`${base}.rate`) === "rate" && total(base) > 0).map((base) => `${base}.rate`),
    ...times.map((base) => `${base}.mean`),
  ];
}
