import { type MetricUnit, unitOf } from "./metric-format.ts";

/** One line of a chart. Its words are a metric's (`metric`, of a node of that kind), a percentile's (`part`), a node's name, or both. */
export interface SeriesSpec {
  target: string;
  metric: string;
  label:
    | { metric: string; kind: string }
    | { part: "mean" | "p50" | "p95" | "p99" }
    | { name: string }
    | { name: string; metric: string; kind: string };
}

export interface ChartSpec {
  /** Text key `metrics.charts.<id>`. */
  id: string;
  unit: MetricUnit;
  series: SeriesSpec[];
  /** Durations whose percentiles these are: they can be shown as a distribution too. */
  spread?: { target: string; metric: string };
}

/** What a chart set is made from: a node or edge, as far as charts care. */
export interface Target {
  id: string;
  kind: string;
  name: string;
  /** A producer (or a socket) that waits for confirms or replies: without, it has no answers to chart. */
  waits?: boolean;
  /** Of a socket: its program makes messages, else it works on them. */
  makes?: boolean;
  /** Those that read a stream or topic. */
  groups?: readonly string[];
  /** Of a topic. */
  partitions?: number;
}

/** Above these, lines can no longer be told apart (stack.md). */
export const SERIES_MAX = 8;

const PERCENTILES = ["p50", "p95", "p99"] as const;

const metricsOf = (
  { id: target, kind }: Pick<Target, "id" | "kind">,
  id: string,
  unit: MetricUnit,
  metrics: readonly string[],
): ChartSpec => ({
  id,
  unit,
  series: metrics.map((metric) => ({ target, metric, label: { metric, kind } })),
});

const percentiles = (target: string, id: string, histogram: string): ChartSpec => ({
  id,
  unit: "time",
  series: PERCENTILES.map((part) => ({ target, metric: `${histogram}.${part}`, label: { part } })),
  spread: { target, metric: histogram },
});

const ALL = { id: "system", kind: "system" };
const SYSTEM: readonly ChartSpec[] = [
  metricsOf(ALL, "throughput", "rate", ["published.rate", "processed.rate"]),
  percentiles("system", "e2e", "e2e"),
  metricsOf(ALL, "ledger", "count", ["inSystem", "discarded", "lost"]),
];

/** What is still to be read of a stream: by group where there are several, with what they have not acknowledged where there is one. */
function lagOf(target: Target): ChartSpec {
  const groups = target.groups ?? [];
  if (groups.length < 2) return metricsOf(target, "lag", "count", ["lag", "pending", "length"]);
  const { id, kind } = target;
  const each = groups.slice(0, SERIES_MAX - 1).map((group) => ({
    target: id,
    metric: `lag[${group}]`,
    label: { name: group },
  }));
  return { id: "lag", unit: "count", series: [...each, { target: id, metric: "lag", label: { metric: "lag", kind } }] };
}

/** How far behind a topic's groups are: by partition where one group reads few of them, by group where there are several. */
function lagOfTopic(target: Target): ChartSpec {
  const { id, kind, groups = [], partitions = 0 } = target;
  const [only] = groups;
  const all = { target: id, metric: "lag", label: { metric: "lag", kind } };
  const each =
    groups.length === 1
      ? Array.from({ length: Math.min(partitions, SERIES_MAX - 1) }, (_, i) => ({
          target: id,
          metric: `lag[${only}/${i}]`,
          label: { name: String(i) },
        }))
      : groups.slice(0, SERIES_MAX - 1).map((group) => ({
          target: id,
          metric: `lag[${group}]`,
          label: { name: group },
        }));
  return { id: "lagOf", unit: "count", series: [...each, all] };
}

/** The charts of one target (product.md §6). */
function chartsOfOne(target: Target): ChartSpec[] {
  const { id, kind, waits } = target;
  switch (kind) {
    case "queue":
    case "list":
      return [
        metricsOf(target, "depth", "count", ["ready", "unacked", "depth"]),
        metricsOf(target, "rates", "rate", ["publish.rate", "deliver.rate", "ack.rate", "redeliver.rate"]),
        percentiles(id, "wait", "wait"),
      ];
    case "consumer":
    case "service":
      return [
        metricsOf(target, "utilisation", "share", ["utilisation"]),
        metricsOf(target, "work", "rate", ["processed.rate", "errors.rate"]),
        percentiles(id, "e2e", "e2e"),
      ];
    case "producer":
      if (waits === false)
        return [metricsOf(target, "publishing", "rate", ["publish.rate", "returned.rate", "denied.rate"])];
      return [
        metricsOf(target, "publishing", "rate", ["publish.rate", "confirm.rate", "retry.rate"]),
        metricsOf(target, "outbox", "count", ["outbox"]),
        percentiles(id, "response", "response"),
      ];
    case "exchange":
      return [metricsOf(target, "routing", "rate", ["in.rate", "out.rate", "unroutable.rate"])];
    case "stream":
      return [
        lagOf(target),
        metricsOf(target, "rates", "rate", ["produce.rate", "fetch.rate", "ack.rate", "redeliver.rate"]),
        metricsOf(target, "offsets", "count", ["endOffset", "startOffset"]),
        percentiles(id, "wait", "wait"),
      ];
    case "topic":
      return [
        lagOfTopic(target),
        metricsOf(target, "rates", "rate", ["produce.rate", "fetch.rate", "redeliver.rate", "discarded.rate"]),
        metricsOf(target, "offsets", "count", ["endOffset", "startOffset"]),
        percentiles(id, "wait", "wait"),
      ];
    case "rmqTopic":
      return [
        lagOfTopic(target),
        metricsOf(target, "rates", "rate", ["produce.rate", "fetch.rate", "redeliver.rate", "discarded.rate"]),
        metricsOf(target, "hidden", "count", ["delayed", "half"]),
        percentiles(id, "wait", "wait"),
      ];
    case "rmqGroup":
      return [
        metricsOf(target, "lagOf", "count", ["lag"]),
        metricsOf(target, "retries", "count", ["retrying", "dead"]),
        metricsOf(target, "members", "count", ["members", "idleMembers"]),
        metricsOf(target, "lagTime", "time", ["lagTime"]),
      ];
    case "group":
      return [
        metricsOf(target, "lagOf", "count", ["lag"]),
        metricsOf(target, "members", "count", ["members", "idleMembers"]),
        metricsOf(target, "lagTime", "time", ["lagTime"]),
      ];
    case "channel":
      return [
        metricsOf(target, "rates", "rate", ["publish.rate", "deliver.rate", "missed.rate"]),
        metricsOf(target, "subscribers", "count", ["subscribers"]),
        metricsOf(target, "buffered", "count", ["buffered"]),
      ];
    case "socket":
      return [
        metricsOf(target, "rates", "rate", [...(target.makes ? ["publish.rate"] : ["processed.rate"]), "dropped.rate"]),
        metricsOf(target, "queued", "count", ["queued"]),
        ...(target.makes
          ? [...(waits ? [percentiles(id, "response", "response")] : [])]
          : [metricsOf(target, "utilisation", "share", ["utilisation"]), percentiles(id, "e2e", "e2e")]),
      ];
    case "proxy":
      return [
        metricsOf(target, "rates", "rate", ["received.rate", "forwarded.rate", "dropped.rate"]),
        metricsOf(target, "queued", "count", ["queued"]),
        percentiles(id, "wait", "wait"),
      ];
    case "redis":
    case "cluster":
    case "brokerSet":
    case "broker":
      return [metricsOf(target, "resources", "bytes", ["memory", "disk"])];
    case "edge":
      return [
        metricsOf(target, "traffic", "rate", ["messages.rate"]),
        metricsOf(target, "inTransit", "count", ["inTransit"]),
        percentiles(id, "transfer", "transfer"),
      ];
    default:
      return [];
  }
}

/** With several targets of one kind: one chart a metric, one line a target. */
const SHARED: Readonly<Record<string, readonly [id: string, unit: MetricUnit, metric: string][]>> = {
  queue: [
    ["readyOf", "count", "ready"],
    ["deliverOf", "rate", "deliver.rate"],
    ["waitOf", "time", "wait.p95"],
  ],
  consumer: [
    ["utilisationOf", "share", "utilisation"],
    ["processedOf", "rate", "processed.rate"],
    ["e2eOf", "time", "e2e.p95"],
  ],
  producer: [["publishOf", "rate", "publish.rate"]],
  exchange: [["inOf", "rate", "in.rate"]],
  proxy: [
    ["queuedOf", "count", "queued"],
    ["forwardedOf", "rate", "forwarded.rate"],
  ],
  socket: [
    ["queuedOf", "count", "queued"],
    ["processedOf", "rate", "processed.rate"],
    ["publishOf", "rate", "publish.rate"],
  ],
  topic: [
    ["lagOf", "count", "lag"],
    ["produceOf", "rate", "produce.rate"],
  ],
  group: [["lagOf", "count", "lag"]],
  broker: [["memoryOf", "bytes", "memory"]],
  edge: [["trafficOf", "rate", "messages.rate"]],
};

/** A Service is charted beside Consumers. */
const groupOf = (kind: string): string => (kind === "service" ? "consumer" : kind);

/**
 * Which charts to show for a selection. @param targets selected nodes and edges that run; edges with kind `edge` @returns the system's charts for none
 */
export function chartsFor(targets: readonly Target[]): ChartSpec[] {
  const known = targets.filter((target) => chartsOfOne(target).length > 0);
  const [first] = known;
  if (first === undefined) return [...SYSTEM];
  if (known.length === 1) return chartsOfOne(first);
  const groups = new Map<string, Target[]>();
  for (const target of known) {
    const group = groups.get(groupOf(target.kind)) ?? [];
    groups.set(groupOf(target.kind), group);
    group.push(target);
  }
  return [...groups].flatMap(([kind, members]) =>
    (SHARED[kind] ?? []).map(
      ([id, unit, metric]): ChartSpec => ({
        id,
        unit,
        series: members
          .slice(0, SERIES_MAX)
          .map((member) => ({ target: member.id, metric, label: { name: member.name } })),
      }),
    ),
  );
}

/** A figure that stays. @param target with its name; `system` without one */
export interface Pin {
  target: Target;
  metric: string;
}

/** The charts of what is pinned: one a unit, so that lines on one chart can be compared. */
export function pinnedCharts(pins: readonly Pin[]): ChartSpec[] {
  const charts = new Map<MetricUnit, ChartSpec>();
  for (const { target, metric } of pins.slice(0, SERIES_MAX)) {
    const unit = unitOf(metric);
    const chart = charts.get(unit) ?? { id: "pinned", unit, series: [] };
    charts.set(unit, chart);
    const { id, name, kind } = target;
    chart.series.push({ target: id, metric, label: { name, metric, kind } });
  }
  return [...charts.values()];
}
