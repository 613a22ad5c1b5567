/** Entries of the catalogue that have a lesson, in its order. Kept apart from the lessons, so that a list of them costs nothing. */
export const LESSON_IDS: readonly string[] = [
  "hello-queue",
  "decouple",
  "sync-vs-async",
  "peak-shaving",
  "work-queue",
  "fair-dispatch",
  "fifo",
  "order-lost",
  "priority",
  "bounded-buffer",
  "delay-parts",
  "persistence",
  "ack-or-lose",
  "nack-rollback",
  "poison-message",
  "retry-backoff-dlq",
  "confirm-duplicates",
  "idempotent-consumer",
  "overflow-policies",
  "exchange-types",
  "pub-sub",
  "rpc-over-queue",
  "declare-mismatch",
  "monitor-alert",
  "access-denied",
  "littles-law",
  "mm1-hockey-stick",
  "capacity-plan",
];

export interface Path {
  id: "basics" | "broker" | "numbers";
  /** Ids in the order in which they are taken; those without a lesson yet are passed over. */
  lessons: readonly string[];
}

export const PATHS: readonly Path[] = [
  { id: "basics", lessons: ["hello-queue", "decouple", "work-queue", "ack-or-lose"] },
  { id: "broker", lessons: ["pub-sub"] },
  { id: "numbers", lessons: ["peak-shaving"] },
];
