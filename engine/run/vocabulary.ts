import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";

/** How a metric is to be read: times are µs inside and in frames, ms in reports. */
export type MetricUnit = "count" | "rate" | "time" | "share" | "bytes" | "level";

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
  edge: ["messages", "lostOnLink", "bytes"],
  system: ["published", "processed", "outOfOrder"],
} as const;

export type MeteredKind = keyof typeof COUNTERS;

/** Slot offsets, by name. */
export const P = { publish: 0, confirm: 1, retry: 2, returned: 3, rejected: 4, denied: 5, failed: 6 } as const;
export const X = { in: 0, out: 1, unroutable: 2 } as const;
export const Q = {
  publish: 0,
  deliver: 1,
  ack: 2,
  nack: 3,
  redeliver: 4,
  expired: 5,
  discarded: 6,
  deadLettered: 7,
} as const;
export const C = { processed: 0, errors: 1, redelivered: 2, duplicates: 3, publish: 4 } as const;
export const E = { messages: 0, lostOnLink: 1, bytes: 2 } as const;
export const S = { published: 0, processed: 1, outOfOrder: 2 } as const;

/** Time-weighted levels of each kind, in the order of their slots. */
export const LEVELS: Record<MeteredKind, number> = {
  // sent and not confirmed · blocked instances · instances
  producer: 3,
  exchange: 0,
  // ready + unacked · ready
  queue: 2,
  // busy servers · servers
  consumer: 2,
  service: 2,
  broker: 0,
  // on the way
  edge: 1,
  // in the system
  system: 1,
};

/** Which metrics are levels that are integrated: the offset of their level, and of one to be taken away from it (−1 = none). */
export const LEVEL_METRICS: Record<MeteredKind, readonly (readonly [metric: string, level: number, less: number])[]> = {
  producer: [["outbox", 0, -1]],
  exchange: [],
  queue: [
    ["ready", 1, -1],
    ["unacked", 0, 1],
    ["depth", 0, -1],
  ],
  consumer: [["inFlight", 0, -1]],
  service: [["inFlight", 0, -1]],
  broker: [],
  edge: [["inTransit", 0, -1]],
  system: [["inSystem", 0, -1]],
};

/** Histograms of each kind, in the order of their slots. */
export const HISTOGRAMS: Record<MeteredKind, readonly string[]> = {
  producer: ["response"],
  exchange: [],
  queue: ["wait"],
  consumer: ["service", "e2e"],
  service: ["service", "e2e"],
  broker: [],
  edge: ["transfer"],
  system: ["e2e"],
};

const GAUGES: Record<MeteredKind, readonly MetricSpec[]> = {
  producer: [
    { name: "outbox", unit: "level" },
    { name: "blockedShare", unit: "share" },
  ],
  exchange: [],
  queue: [
    { name: "ready", unit: "level" },
    { name: "unacked", unit: "level" },
    { name: "depth", unit: "level" },
    { name: "depth.mean", unit: "level" },
    { name: "bytes", unit: "bytes" },
    { name: "oldestAge", unit: "time" },
    { name: "consumers", unit: "level" },
    { name: "consumerUtilisation", unit: "share" },
  ],
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
  broker: [
    { name: "up", unit: "level" },
    { name: "memory", unit: "bytes" },
    { name: "disk", unit: "bytes" },
    { name: "connections", unit: "level" },
  ],
  edge: [{ name: "inTransit", unit: "level" }],
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
        { name: `${name}.rate`, unit: "rate" },
      ]),
      ...HISTOGRAMS[kind].flatMap((name) =>
        SUMMARY.map((part): MetricSpec => ({ name: `${name}.${part}`, unit: "time" })),
      ),
    ],
  ]),
) as unknown as Record<MeteredKind, readonly MetricSpec[]>;

/** Names of a kind's metrics in the order of the frame. */
export const METRIC_NAMES: Record<MeteredKind, string[]> = Object.fromEntries(
  (Object.keys(METRICS) as MeteredKind[]).map((kind) => [kind, METRICS[kind].map((metric) => metric.name)]),
) as unknown as Record<MeteredKind, string[]>;
