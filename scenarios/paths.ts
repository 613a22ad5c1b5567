/** Entries of the catalogue that have a lesson, in its order. Kept apart from the lessons, so that a list of them costs nothing. */
export const LESSON_IDS: readonly string[] = [
  "hello-queue",
  "decouple",
  "sync-vs-async",
  "peak-shaving",
  "work-queue",
  "fair-dispatch",
  "prefetch-distance",
  "fifo",
  "order-lost",
  "priority",
  "bounded-buffer",
  "serialization",
  "delay-parts",
  "persistence",
  "ack-or-lose",
  "nack-rollback",
  "poison-message",
  "retry-backoff-dlq",
  "confirm-duplicates",
  "idempotent-consumer",
  "overflow-policies",
  "ttl",
  "exchange-types",
  "pub-sub",
  "unroutable",
  "rpc-over-queue",
  "declare-mismatch",
  "monitor-alert",
  "access-denied",
  "kafka-partitions-keys",
  "kafka-group-scaling",
  "kafka-rebalance",
  "kafka-lag-catchup",
  "kafka-replay",
  "kafka-retention",
  "kafka-hot-partition",
  "kafka-acks-failover",
  "kafka-poll-loop",
  "redis-list",
  "redis-stream",
  "redis-pubsub",
  "zmq-push-pull",
  "zmq-pub-sub",
  "zmq-req-rep",
  "littles-law",
  "mm1-hockey-stick",
  "pooling",
  "variability",
  "capacity-plan",
];

export interface Path {
  id: "basics" | "broker" | "numbers";
  /** Ids in the order in which they are taken; those without a lesson yet are passed over. */
  lessons: readonly string[];
}

export const PATHS: readonly Path[] = [
  { id: "basics", lessons: ["hello-queue", "decouple", "work-queue", "pub-sub", "ack-or-lose"] },
  {
    id: "broker",
    lessons: [
      "persistence",
      "exchange-types",
      "order-lost",
      "kafka-partitions-keys",
      "kafka-replay",
      "redis-list",
      "redis-pubsub",
      "zmq-pub-sub",
    ],
  },
  {
    id: "numbers",
    lessons: ["peak-shaving", "littles-law", "mm1-hockey-stick", "delay-parts", "pooling", "capacity-plan"],
  },
];
