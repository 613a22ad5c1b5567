/** Parts of the product, as the page groups what is said about them. */
export const ABOUT_AREAS = [
  "exchange",
  "queue",
  "quorum",
  "stream",
  "publishing",
  "consuming",
  "broker",
  "cluster",
] as const;
export type AboutArea = (typeof ABOUT_AREAS)[number];

/** Something that the model leaves out or scales. The words for it are the page's (`about.rabbitmq.simplifications.<id>`). */
export interface Simplification {
  readonly id: string;
  readonly area: AboutArea;
}

/** Everything in which this model is less than RabbitMQ. What is not listed here is meant to be as the broker does it: a difference is a bug. */
export const SIMPLIFICATIONS = [
  // A stand-in ring: spread and stability are the broker's, which key falls where is not (exchanges/consistent-hash.ts).
  { id: "hash-ring", area: "exchange" },
  { id: "hash-property", area: "exchange" },
  { id: "local-random", area: "exchange" },
  { id: "other-exchange-types", area: "exchange" },
  { id: "message-body", area: "queue" },
  { id: "storage-arguments", area: "queue" },
  { id: "death-time", area: "queue" },
  { id: "endless-cycle", area: "queue" },
  { id: "mirrors-in-step", area: "queue" },
  { id: "raft-log", area: "quorum" },
  { id: "replication-time", area: "quorum" },
  { id: "refusal-reach", area: "quorum" },
  { id: "dead-letter-worker", area: "quorum" },
  { id: "stream-chunks", area: "stream" },
  { id: "stream-protocol", area: "stream" },
  { id: "stream-single-active", area: "stream" },
  { id: "commit-time", area: "publishing" },
  { id: "confirm-multiple", area: "publishing" },
  { id: "publisher-properties", area: "publishing" },
  { id: "timeout-looks", area: "consuming" },
  { id: "connection-limits", area: "consuming" },
  { id: "broker-cpu", area: "broker" },
  { id: "disk-delay", area: "broker" },
  { id: "memory-bodies", area: "broker" },
  { id: "credit-flow", area: "broker" },
  { id: "one-vhost", area: "broker" },
  { id: "authentication", area: "broker" },
  { id: "patterns", area: "broker" },
  { id: "policy-keys", area: "broker" },
  { id: "one-4", area: "broker" },
  { id: "other-protocols", area: "broker" },
  { id: "between-brokers", area: "broker" },
  { id: "management", area: "broker" },
  { id: "election-time", area: "cluster" },
  { id: "leader-choice", area: "cluster" },
  { id: "membership", area: "cluster" },
  { id: "partitions", area: "cluster" },
  { id: "metadata", area: "cluster" },
] as const satisfies readonly Simplification[];

export type SimplificationId = (typeof SIMPLIFICATIONS)[number]["id"];
