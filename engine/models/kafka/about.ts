/** Parts of Kafka, as what is said about the model is grouped. */
export const KAFKA_AREAS = [
  "partitions",
  "producing",
  "transactions",
  "reading",
  "groups",
  "logs",
  "replication",
] as const;
export type KafkaArea = (typeof KAFKA_AREAS)[number];

/** Everything in which this model is less than Kafka. What is not listed here is meant to be as brokers and the Java client do it: a difference is a bug. */
export const KAFKA_SIMPLIFICATIONS = [
  "no-compression",
  "fetch-limits",
  "no-patterns",
  "prompt-groups",
  "next-leader",
  "reckoned-heartbeats",
  "uniform-order",
  "one-protocol",
  "checks-in-turn",
  "lasting-controller",
  "one-coordinator",
  "prompt-metadata",
  "given-up-batches",
  "prompt-transactions",
  "cleaned-sizes",
  "resumed-leader",
  "no-power-loss",
  "topic-rules",
] as const;
export type KafkaSimplification = (typeof KAFKA_SIMPLIFICATIONS)[number];

/** Something that Kafka does, and what became of it here. */
export interface KafkaFeature {
  readonly id: string;
  readonly area: KafkaArea;
  readonly modelled: "whole" | "simplified" | "not";
  readonly simplified?: readonly KafkaSimplification[];
  /** Recorded cases: `group/name` with `*` for any text. */
  readonly proof: readonly (string | { readonly cases: string; readonly with: string })[];
  /** Tests of our own, for what no recording shows. */
  readonly tests?: readonly string[];
}

const MODEL = "engine/models/kafka";

/** What the Kafka model does, in the order in which it is told. */
export const KAFKA_FEATURES: readonly KafkaFeature[] = [
  { id: "keys", area: "partitions", modelled: "whole", proof: ["partitioning/*"] },
  { id: "sticky", area: "partitions", modelled: "whole", proof: ["sticky/*", "generated-sticky/*"] },
  { id: "adding-partitions", area: "partitions", modelled: "whole", proof: ["expand/*"] },
  {
    id: "sending",
    area: "producing",
    modelled: "simplified",
    simplified: ["no-compression", "prompt-metadata", "given-up-batches"],
    proof: ["produce/*"],
    tests: [`${MODEL}/producing.test.ts`, `${MODEL}/property.test.ts`],
  },
  {
    id: "transactions",
    area: "transactions",
    modelled: "simplified",
    simplified: ["prompt-transactions"],
    proof: ["transactions/*", "generated-transactions/*"],
    tests: [`${MODEL}/property.test.ts`],
  },
  { id: "offsets", area: "reading", modelled: "whole", proof: ["offsets/*"] },
  {
    id: "polling",
    area: "reading",
    modelled: "simplified",
    simplified: ["fetch-limits", "no-patterns"],
    proof: ["consume/*", "reading/*"],
  },
  { id: "seeking", area: "reading", modelled: "whole", proof: ["seek/*", "generated-log/*"] },
  { id: "committing", area: "reading", modelled: "whole", proof: ["commit/*"] },
  { id: "lag", area: "reading", modelled: "whole", proof: ["lag/*"] },
  {
    id: "assignors",
    area: "groups",
    modelled: "whole",
    proof: ["assign/*", "generated-assign/*"],
    tests: [`${MODEL}/groups/assignors.test.ts`],
  },
  {
    id: "rebalancing",
    area: "groups",
    modelled: "simplified",
    simplified: ["prompt-groups", "next-leader"],
    proof: ["rebalance/*", "membership/*", "generated-groups/*"],
    tests: [`${MODEL}/consumer/groups.property.test.ts`],
  },
  {
    id: "timeouts",
    area: "groups",
    modelled: "simplified",
    simplified: ["reckoned-heartbeats"],
    proof: ["timeouts/*"],
    tests: [`${MODEL}/consumer/membership.test.ts`],
  },
  {
    id: "static-members",
    area: "groups",
    modelled: "whole",
    proof: ["static/*", "membership/*static*", "membership/fenced-*"],
  },
  {
    id: "consumer-protocol",
    area: "groups",
    modelled: "simplified",
    simplified: ["uniform-order", "one-protocol"],
    proof: ["consumer-protocol/*", "membership/k848-*"],
  },
  { id: "share-groups", area: "groups", modelled: "not", proof: [] },
  {
    id: "retention",
    area: "logs",
    modelled: "simplified",
    simplified: ["checks-in-turn"],
    proof: ["retention/*"],
  },
  {
    id: "compaction",
    area: "logs",
    modelled: "simplified",
    simplified: ["cleaned-sizes"],
    proof: ["compaction/*", "generated-compaction/*"],
  },
  { id: "tiered-storage", area: "logs", modelled: "not", proof: [] },
  {
    id: "replicas",
    area: "replication",
    modelled: "simplified",
    simplified: ["lasting-controller", "one-coordinator", "resumed-leader", "no-power-loss"],
    proof: ["cluster/*", "cluster-loss/*"],
    tests: [`${MODEL}/property.test.ts`],
  },
  { id: "eligible-leaders", area: "replication", modelled: "whole", proof: ["cluster-elr/*"] },
  { id: "readers-of-replicas", area: "replication", modelled: "whole", proof: ["cluster-readers/*"] },
  {
    id: "access",
    area: "replication",
    modelled: "simplified",
    simplified: ["topic-rules"],
    proof: [],
    tests: ["engine/run/security.test.ts"],
  },
  { id: "other-parts", area: "replication", modelled: "not", proof: [] },
];
