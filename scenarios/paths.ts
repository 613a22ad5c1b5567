/**
 * Entries of the catalogue that have a lesson, in its order, with the minutes that it takes. Kept apart from the lessons, so that a list of them costs nothing;
 * a test keeps the two in step.
 */
export const LESSON_MINUTES: { readonly [id: string]: number } = {
  "hello-queue": 4,
  decouple: 6,
  "sync-vs-async": 7,
  "peak-shaving": 8,
  "work-queue": 7,
  "fair-dispatch": 7,
  "prefetch-distance": 6,
  "scale-out-or-up": 8,
  fifo: 6,
  "order-lost": 9,
  priority: 7,
  "bounded-buffer": 7,
  serialization: 5,
  "delay-parts": 8,
  persistence: 7,
  "ack-or-lose": 7,
  "nack-rollback": 7,
  "poison-message": 7,
  "retry-backoff-dlq": 8,
  "retry-storm": 9,
  "confirm-duplicates": 7,
  "idempotent-consumer": 6,
  "overflow-policies": 8,
  ttl: 5,
  "exchange-types": 8,
  "pub-sub": 6,
  unroutable: 5,
  "rpc-over-queue": 7,
  "declare-mismatch": 5,
  "monitor-alert": 7,
  "access-denied": 6,
  "encryption-wiretap": 6,
  "quorum-failover": 9,
  "network-partition": 9,
  "slow-disk": 9,
  "token-lock": 8,
  "kafka-partitions-keys": 7,
  "kafka-group-scaling": 7,
  "kafka-rebalance": 7,
  "kafka-lag-catchup": 7,
  "kafka-replay": 6,
  "kafka-retention": 7,
  "kafka-hot-partition": 8,
  "kafka-acks-failover": 8,
  "kafka-poll-loop": 8,
  "rmq-tags": 6,
  "rmq-delay": 6,
  "rmq-transaction": 8,
  "rmq-orderly": 7,
  "rmq-broadcast": 5,
  "rmq-retry-dlq": 6,
  "redis-list": 7,
  "redis-stream": 7,
  "redis-pubsub": 6,
  "zmq-push-pull": 7,
  "zmq-pub-sub": 6,
  "zmq-req-rep": 6,
  "broker-or-not": 8,
  "littles-law": 7,
  "mm1-hockey-stick": 8,
  pooling: 6,
  variability: 6,
  "capacity-plan": 8,
  "scheduled-jobs": 6,
  "same-load-five-brokers": 9,
  "flash-sale": 12,
  "article-bugs": 12,
};

export const LESSON_IDS: readonly string[] = Object.keys(LESSON_MINUTES);

export interface Path {
  id: "basics" | "broker" | "numbers";
  /** Ids in the order in which they are taken. */
  lessons: readonly string[];
}

export const PATHS: readonly Path[] = [
  // One message; two that need not wait for each other; many workers; many readers; a crash. Half an hour, as its title says.
  { id: "basics", lessons: ["hello-queue", "decouple", "work-queue", "pub-sub", "ack-or-lose"] },
  // A broker of queues, a log, RocketMQ's own, a store in memory, sockets; then all five side by side, and the question whether one is needed.
  {
    id: "broker",
    lessons: [
      "exchange-types",
      "persistence",
      "quorum-failover",
      "kafka-partitions-keys",
      "kafka-replay",
      "rmq-delay",
      "rmq-transaction",
      "redis-list",
      "redis-pubsub",
      "zmq-pub-sub",
      "same-load-five-brokers",
      "broker-or-not",
    ],
  },
  // From a peak, over where the time goes and what chance does to it, to a plan.
  {
    id: "numbers",
    lessons: [
      "peak-shaving",
      "littles-law",
      "delay-parts",
      "mm1-hockey-stick",
      "variability",
      "pooling",
      "scale-out-or-up",
      "capacity-plan",
    ],
  },
];

/** How long these take. @param lessons ids */
export const minutesOf = (lessons: readonly string[]): number =>
  lessons.reduce((sum, id) => sum + (LESSON_MINUTES[id] ?? 0), 0);
