import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";
import { settingsAs } from "../scenario/schema.ts";
import { groupOf, lanesOf } from "../scenario/topology.ts";
import type { Scenario, ScenarioNode, Settings } from "../scenario/types.ts";

/**
 * The one list of metrics (product.md §5): the run measures these, frames and reports carry them, and faces, charts, alerts, checks, command line and exports use these
 * names and no others. What each means stands in the texts (`measures.<kind>.<metric>`), and for readers in docs/metrics.md, which is made from both.
 */

/**
 * How a metric is to be read: `time` is µs inside and in frames, ms in reports; `rate` and `byteRate` are per virtual second; `share` is 0 … 1. A `count` only grows, a
 * `level` goes up and down.
 */
export type MetricUnit = "count" | "rate" | "time" | "share" | "bytes" | "byteRate" | "level";

export interface MetricSpec {
  name: string;
  unit: MetricUnit;
}

/** Counters of each kind, in the order of their slots. Each is reported as `name.total` and `name.rate`. */
export const COUNTERS = {
  producer: ["publish", "confirm", "retry", "returned", "rejected", "denied", "failed"],
  exchange: ["in", "out", "unroutable"],
  queue: ["publish", "deliver", "ack", "nack", "redeliver", "expired", "discarded", "deadLettered"],
  consumer: ["processed", "errors", "redelivered", "duplicates"],
  service: ["processed", "errors", "redelivered", "duplicates", "publish"],
  broker: [],
  list: ["publish", "deliver", "ack", "nack", "redeliver", "expired", "discarded", "deadLettered"],
  stream: ["produce", "fetch", "ack", "nack", "redeliver", "discarded", "deadLettered"],
  channel: ["publish", "deliver", "missed", "disconnected"],
  redis: [],
  topic: ["produce", "fetch", "redeliver", "discarded"],
  group: ["rebalances", "commit"],
  cluster: [],
  rmqTopic: ["produce", "fetch", "redeliver", "discarded", "commit", "rollback", "check"],
  rmqGroup: ["rebalances", "commit", "retry", "deadLettered"],
  brokerSet: [],
  // A producer's, a consumer's, and a socket's own: a socket has a program of either sort around it.
  socket: [
    ...["publish", "confirm", "retry", "returned", "rejected", "denied", "failed"],
    ...["processed", "errors", "redelivered", "duplicates"],
    ...["received", "dropped"],
  ],
  proxy: ["received", "dropped", "forwarded"],
  edge: ["messages", "lostOnLink", "bytes"],
  system: ["published", "processed", "outOfOrder"],
} as const;

export type MeteredKind = keyof typeof COUNTERS;

/** Histograms of each kind, in the order of their slots. */
export const HISTOGRAMS: Record<MeteredKind, readonly string[]> = {
  producer: ["response"],
  exchange: [],
  queue: ["wait"],
  consumer: ["service", "e2e"],
  service: ["service", "e2e"],
  broker: [],
  list: ["wait"],
  stream: ["wait"],
  channel: [],
  redis: [],
  topic: ["wait"],
  group: [],
  cluster: [],
  rmqTopic: ["wait"],
  rmqGroup: [],
  brokerSet: [],
  socket: ["response", "service", "e2e", "wait"],
  proxy: ["wait"],
  edge: ["transfer"],
  system: ["e2e"],
};

const QUEUE_GAUGES: readonly MetricSpec[] = [
  { name: "ready", unit: "level" },
  { name: "unacked", unit: "level" },
  { name: "depth", unit: "level" },
  { name: "depth.mean", unit: "level" },
  { name: "bytes", unit: "bytes" },
  { name: "oldestAge", unit: "time" },
  { name: "consumers", unit: "level" },
  { name: "consumerUtilisation", unit: "share" },
];

const BROKER_GAUGES: readonly MetricSpec[] = [
  { name: "up", unit: "level" },
  { name: "memory", unit: "bytes" },
  { name: "disk", unit: "bytes" },
  { name: "connections", unit: "level" },
];

const GAUGES: Record<MeteredKind, readonly MetricSpec[]> = {
  producer: [
    { name: "outbox", unit: "level" },
    { name: "blockedShare", unit: "share" },
  ],
  exchange: [],
  queue: QUEUE_GAUGES,
  consumer: [
    { name: "inFlight", unit: "level" },
    { name: "buffered", unit: "level" },
    { name: "utilisation", unit: "share" },
  ],
  service: [
    { name: "inFlight", unit: "level" },
    { name: "buffered", unit: "level" },
    { name: "utilisation", unit: "share" },
  ],
  broker: BROKER_GAUGES,
  list: [...QUEUE_GAUGES, { name: "delayed", unit: "level" }],
  stream: [
    { name: "length", unit: "level" },
    { name: "startOffset", unit: "count" },
    { name: "endOffset", unit: "count" },
    { name: "pending", unit: "level" },
    { name: "lag", unit: "level" },
    { name: "consumers", unit: "level" },
  ],
  channel: [
    { name: "subscribers", unit: "level" },
    { name: "buffered", unit: "level" },
  ],
  redis: BROKER_GAUGES,
  topic: [
    { name: "length", unit: "level" },
    { name: "startOffset", unit: "count" },
    { name: "endOffset", unit: "count" },
    { name: "lag", unit: "level" },
    { name: "consumers", unit: "level" },
    { name: "isr", unit: "level" },
    { name: "underReplicated", unit: "level" },
    { name: "offline", unit: "level" },
  ],
  group: [
    { name: "members", unit: "level" },
    { name: "idleMembers", unit: "level" },
    { name: "lag", unit: "level" },
    { name: "lagTime", unit: "time" },
  ],
  cluster: BROKER_GAUGES,
  rmqTopic: [
    { name: "length", unit: "level" },
    { name: "startOffset", unit: "count" },
    { name: "endOffset", unit: "count" },
    { name: "lag", unit: "level" },
    { name: "consumers", unit: "level" },
    { name: "delayed", unit: "level" },
    { name: "half", unit: "level" },
    { name: "offline", unit: "level" },
  ],
  rmqGroup: [
    { name: "members", unit: "level" },
    { name: "idleMembers", unit: "level" },
    { name: "lag", unit: "level" },
    { name: "lagTime", unit: "time" },
    { name: "retrying", unit: "level" },
    { name: "dead", unit: "level" },
  ],
  brokerSet: BROKER_GAUGES,
  socket: [
    { name: "peers", unit: "level" },
    { name: "queued", unit: "level" },
    { name: "outbox", unit: "level" },
    { name: "blockedShare", unit: "share" },
    { name: "inFlight", unit: "level" },
    { name: "utilisation", unit: "share" },
  ],
  proxy: [
    { name: "peers", unit: "level" },
    { name: "queued", unit: "level" },
    { name: "idleWorkers", unit: "level" },
  ],
  edge: [
    { name: "inTransit", unit: "level" },
    { name: "overheard", unit: "count" },
    { name: "readable", unit: "count" },
  ],
  system: [
    { name: "inSystem", unit: "level" },
    { name: "inSystem.mean", unit: "level" },
    { name: "discarded", unit: "count" },
    { name: "lost", unit: "count" },
    { name: "duplicates", unit: "count" },
    ...DISCARD_REASONS.map((reason): MetricSpec => ({ name: `discarded[${reason}]`, unit: "count" })),
    ...LOSS_REASONS.map((reason): MetricSpec => ({ name: `lost[${reason}]`, unit: "count" })),
  ],
};

const SUMMARY: readonly string[] = ["mean", "p50", "p95", "p99"];

/** All metrics of a kind in the order of the frame: gauges, then each counter's total and rate, then each histogram's mean and percentiles. */
export const METRICS: Record<MeteredKind, readonly MetricSpec[]> = Object.fromEntries(
  (Object.keys(COUNTERS) as MeteredKind[]).map((kind) => [
    kind,
    [
      ...GAUGES[kind],
      ...COUNTERS[kind].flatMap((name): MetricSpec[] => [
        { name: `${name}.total`, unit: name === "bytes" ? "bytes" : "count" },
        { name: `${name}.rate`, unit: name === "bytes" ? "byteRate" : "rate" },
      ]),
      ...HISTOGRAMS[kind].flatMap((name) =>
        SUMMARY.map((part): MetricSpec => ({ name: `${name}.${part}`, unit: "time" })),
      ),
    ],
  ]),
) as unknown as Record<MeteredKind, readonly MetricSpec[]>;

/** What a stream measures of each group that takes from it, beside its kind's metrics: `pending[billing]`. */
export const GROUP_GAUGES: readonly string[] = ["pending", "lag"];

/** What a topic measures of each partition (`endOffset[0]`), of each group (`lag[billing]`), and of each partition for each group (`lag[billing/0]`). */
export const PARTITION_GAUGES: readonly MetricSpec[] = [
  { name: "startOffset", unit: "count" },
  { name: "highWatermark", unit: "count" },
  { name: "endOffset", unit: "count" },
  { name: "leader", unit: "level" },
  { name: "isr", unit: "level" },
];
export const TOPIC_GROUP_GAUGES: readonly MetricSpec[] = [
  { name: "committed", unit: "count" },
  { name: "lag", unit: "level" },
  { name: "lagTime", unit: "time" },
];
export const MEMBER_GAUGES: readonly MetricSpec[] = [
  { name: "committed", unit: "count" },
  { name: "position", unit: "count" },
  { name: "lag", unit: "level" },
  { name: "member", unit: "level" },
];

/** What a RocketMQ topic measures of each queue, and of each queue for each group; of each group it measures what a topic of Kafka does. */
export const RMQ_QUEUE_GAUGES: readonly MetricSpec[] = [
  { name: "startOffset", unit: "count" },
  { name: "endOffset", unit: "count" },
  { name: "offline", unit: "level" },
];
export const RMQ_MEMBER_GAUGES: readonly MetricSpec[] = [...MEMBER_GAUGES, { name: "suspended", unit: "level" }];

/** What a RocketMQ group measures of each step of its retry ladder: `retrying[3]` wait for their third retry. */
export const RETRY_GAUGES: readonly MetricSpec[] = [{ name: "retrying", unit: "level" }];
/** Steps that are measured: RocketMQ's own limit. */
export const RETRY_STEPS = 16;

/** No name of a group has one: told apart by it, a part of a node is a group, a partition (`\t0`) or a group's partition (`billing\t0`). */
const IN_PARTITION = "\t";

/** Names of the parts of a node that are measured each for itself: groups that take from it, and partitions. */
export function partsAt(
  node: Pick<ScenarioNode, "id" | "kind"> & { settings?: Settings },
  document: Pick<Scenario, "nodes" | "edges">,
): string[] {
  if (node.kind === "rmqGroup") return retrySteps(node);
  if (node.kind !== "stream" && node.kind !== "topic" && node.kind !== "rmqTopic") return [];
  const scenario = document as Scenario;
  const takes = document.edges.filter((edge) => edge.kind === "consume" && edge.from === node.id);
  const names = new Set(takes.map((edge) => groupOf(scenario, edge)));
  names.delete("");
  const groups = [...names].sort();
  if (node.kind === "stream") return groups;
  const numbers = Array.from({ length: lanesOf(scenario, node as ScenarioNode) }, (_, i) => i);
  return [
    ...numbers.map((i) => `${IN_PARTITION}${i}`),
    ...groups,
    ...groups.flatMap((group) => numbers.map((i) => `${group}${IN_PARTITION}${i}`)),
  ];
}

/** Only what fails in concurrent clustering comes back by the ladder. */
function retrySteps(node: Pick<ScenarioNode, "kind"> & { settings?: Settings }): string[] {
  const { mode, order, maxReconsume } = settingsAs("rmqGroup", node);
  if (mode !== "clustering" || order !== "concurrent") return [];
  return Array.from({ length: Math.min(RETRY_STEPS, maxReconsume) }, (_, i) => `${IN_PARTITION}${i + 1}`);
}

/** A part of a topic. @returns its group, "" = none, and its partition, −1 = all */
export function partOfTopic(part: string): { group: string; partition: number } {
  const at = part.lastIndexOf(IN_PARTITION);
  return at < 0 ? { group: part, partition: -1 } : { group: part.slice(0, at), partition: Number(part.slice(at + 1)) };
}

function gaugesOfPart(kind: MeteredKind, part: string): readonly MetricSpec[] {
  if (kind === "rmqGroup")
    return RETRY_GAUGES.map(({ name, unit }) => ({ name: `${name}[${partOfTopic(part).partition}]`, unit }));
  if (kind !== "topic" && kind !== "rmqTopic")
    return GROUP_GAUGES.map((name): MetricSpec => ({ name: `${name}[${part}]`, unit: "level" }));
  const { group, partition } = partOfTopic(part);
  const [own, members] = kind === "topic" ? [PARTITION_GAUGES, MEMBER_GAUGES] : [RMQ_QUEUE_GAUGES, RMQ_MEMBER_GAUGES];
  const gauges = partition < 0 ? TOPIC_GROUP_GAUGES : group === "" ? own : members;
  const named = partition < 0 ? group : group === "" ? String(partition) : `${group}/${partition}`;
  return gauges.map(({ name, unit }) => ({ name: `${name}[${named}]`, unit }));
}

/** A node's metrics in the order of the frame. @param parts from `partsAt` */
export const metricsFor = (kind: MeteredKind, parts: readonly string[]): readonly MetricSpec[] =>
  parts.length === 0 ? METRICS[kind] : [...METRICS[kind], ...parts.flatMap((part) => gaugesOfPart(kind, part))];

/** Names of a kind's metrics in the order of the frame. */
export const METRIC_NAMES: Record<MeteredKind, string[]> = Object.fromEntries(
  (Object.keys(METRICS) as MeteredKind[]).map((kind) => [kind, METRICS[kind].map((metric) => metric.name)]),
) as unknown as Record<MeteredKind, string[]>;

export const METERED_KINDS: readonly MeteredKind[] = Object.keys(COUNTERS) as MeteredKind[];

/** Names of product.md §5 that stand for another: a report and an export have them too. */
const OTHER_NAMES: Partial<Record<MeteredKind, Readonly<Record<string, string>>>> = {
  system: { throughput: "processed.rate" },
  edge: { rate: "messages.rate" },
};

/** Other names of a kind's metrics, each with the one that it stands for. */
export const otherNames = (kind: MeteredKind): (readonly [name: string, stands: string])[] =>
  Object.entries(OTHER_NAMES[kind] ?? {});

/** The metric that a person, a rule or a file means: by its name, by another name, or as a counter without `.total`. @param groups of the node @returns undefined when it has none such */
export function metricOf(kind: MeteredKind, name: string, groups: readonly string[] = []): MetricSpec | undefined {
  const full = OTHER_NAMES[kind]?.[name] ?? name;
  const metrics = metricsFor(kind, groups);
  return metrics.find((metric) => metric.name === full) ?? metrics.find((metric) => metric.name === `${full}.total`);
}

/** A metric's name without its part: `publish.rate` → `publish`, `wait.p95` → `wait`, `lost[link]` → `lost`. */
export const baseOf = (metric: string): string => /^[^.[]*/.exec(metric)?.[0] ?? metric;

/** What stands behind the dot: `rate`, `p95`; "" for a plain level. */
export const partOf = (metric: string): string => /\.(\w+)$/.exec(metric)?.[1] ?? "";

/** A name has one unit, whatever it is a metric of. */
const UNITS: ReadonlyMap<string, MetricUnit> = new Map(
  [
    ...PARTITION_GAUGES,
    ...TOPIC_GROUP_GAUGES,
    ...RMQ_MEMBER_GAUGES,
    ...METERED_KINDS.flatMap((kind) => METRICS[kind]),
  ].map(({ name, unit }) => [name, unit] as const),
);

/** Unit of a metric by its name alone, of one group (`lag[billing]`) too. Undefined for what is no metric. */
export const unitOfMetric = (metric: string): MetricUnit | undefined =>
  UNITS.get(metric) ?? (metric.endsWith("]") ? UNITS.get(baseOf(metric)) : undefined);
