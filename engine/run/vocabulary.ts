import type { MeteredKind } from "../metrics/vocabulary.ts";

/** Where the run keeps what the metrics are made of. The names are those of `metrics/vocabulary.ts`, the order of slots is that of its lists. */
export {
  COUNTERS,
  HISTOGRAMS,
  METRIC_NAMES,
  type MeteredKind,
  type MetricSpec,
  type MetricUnit,
  metricsFor,
} from "../metrics/vocabulary.ts";

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
/** A stream's; the first ones stand where a queue has its own of that meaning. */
export const T = { produce: 0, fetch: 1, ack: 2, nack: 3, redeliver: 4, discarded: 5, deadLettered: 6 } as const;
/** A topic's, and a consumer group's. */
export const K = { produce: 0, fetch: 1, redeliver: 2, discarded: 3 } as const;
export const G = { rebalances: 0, commit: 1 } as const;
/** A RocketMQ topic's (the first four stand where a topic's do), and a group's. */
export const M = { produce: 0, fetch: 1, redeliver: 2, discarded: 3, commit: 4, rollback: 5, check: 6 } as const;
export const U = { rebalances: 0, commit: 1, retry: 2, deadLettered: 3 } as const;
export const H = { publish: 0, deliver: 1, missed: 2, disconnected: 3 } as const;
/** Where a socket's counters as a consumer begin, and its own. */
export const Z = { consumer: 7, received: 11, dropped: 12 } as const;
/** A proxy's; the first two stand as a socket has them. */
export const Y = { received: 0, dropped: 1, forwarded: 2 } as const;
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
  // as a queue
  list: 2,
  // entries · given out and not acknowledged
  stream: 2,
  // in output buffers
  channel: 1,
  redis: 0,
  // records
  topic: 1,
  group: 0,
  cluster: 0,
  // messages
  rmqTopic: 1,
  rmqGroup: 0,
  brokerSet: 0,
  // a producer's three · a consumer's two · in its queues
  socket: 6,
  // in its queues
  proxy: 1,
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
  list: [
    ["ready", 1, -1],
    ["unacked", 0, 1],
    ["depth", 0, -1],
  ],
  stream: [
    ["length", 0, -1],
    ["pending", 1, -1],
  ],
  // What waits in clients' buffers is counted when somebody asks, not integrated.
  channel: [],
  redis: [],
  topic: [["length", 0, -1]],
  group: [],
  cluster: [],
  rmqTopic: [["length", 0, -1]],
  rmqGroup: [],
  brokerSet: [],
  socket: [
    ["outbox", 0, -1],
    ["inFlight", 3, -1],
    ["queued", 5, -1],
  ],
  proxy: [["queued", 0, -1]],
  edge: [["inTransit", 0, -1]],
  system: [["inSystem", 0, -1]],
};
