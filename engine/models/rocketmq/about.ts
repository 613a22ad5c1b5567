/** Parts of RocketMQ, as what is said about the model is grouped. */
export const ROCKET_AREAS = [
  "sending",
  "brokers",
  "filters",
  "consuming",
  "failures",
  "delays",
  "transactions",
] as const;
export type RocketArea = (typeof ROCKET_AREAS)[number];

/** Everything in which this model is less than RocketMQ. What is not listed here is meant to be as brokers and the Java client do it: a difference is a bug. */
export const ROCKET_SIMPLIFICATIONS = [
  "no-compression",
  "prompt-name-server",
  "prompt-controller",
  "given-flush",
  "power-moves",
  "reading-on",
  "any-hour",
  "small-files",
  "reckoned-sizes",
  "lasting-waiters",
  "one-registry",
  "prompt-brokers",
  "always-young",
  "pop-turn",
  "pop-looks",
  "drawn-queues",
  "prompt-notes",
  "prompt-checks",
] as const;
export type RocketSimplification = (typeof ROCKET_SIMPLIFICATIONS)[number];

/** Something that RocketMQ does, and what became of it here. */
export interface RocketFeature {
  readonly id: string;
  readonly area: RocketArea;
  readonly modelled: "whole" | "simplified" | "not";
  readonly simplified?: readonly RocketSimplification[];
  /** Recorded cases: `group/name` with `*` for any text. */
  readonly proof: readonly (string | { readonly cases: string; readonly with: string })[];
  /** Tests of our own, for what no recording shows. */
  readonly tests?: readonly string[];
}

const MODEL = "engine/models/rocketmq";

/** What the RocketMQ model does, in the order in which it is told. */
export const ROCKET_FEATURES: readonly RocketFeature[] = [
  {
    id: "queue-choice",
    area: "sending",
    modelled: "whole",
    proof: ["send/*", "hash/*", "brokers/queue-order", "brokers/hash-over-brokers"],
  },
  {
    id: "attempts",
    area: "sending",
    modelled: "simplified",
    simplified: ["no-compression"],
    proof: ["send/*", "senders/*", "brokers/*time*", "brokers/no-*", "brokers/latency-avoid", "replication/status-*"],
    tests: [`${MODEL}/sending.test.ts`, `${MODEL}/property.test.ts`],
  },
  {
    id: "routes",
    area: "sending",
    modelled: "simplified",
    simplified: ["prompt-name-server"],
    proof: ["send/route*", "brokers/*"],
  },
  {
    id: "flushing",
    area: "brokers",
    modelled: "simplified",
    simplified: ["given-flush", "power-moves"],
    proof: ["crash/*"],
    tests: [`${MODEL}/property.test.ts`, `${MODEL}/storing.test.ts`],
  },
  {
    id: "replication",
    area: "brokers",
    modelled: "simplified",
    simplified: ["reading-on"],
    proof: ["replication/*", "replication-4/*"],
    tests: [`${MODEL}/storing.test.ts`],
  },
  {
    id: "retention",
    area: "brokers",
    modelled: "simplified",
    simplified: ["any-hour", "small-files", "reckoned-sizes", "lasting-waiters"],
    proof: [],
    tests: [`${MODEL}/storing.test.ts`],
  },
  {
    id: "controller",
    area: "brokers",
    modelled: "simplified",
    // No recording shows it: it follows the controller's source (semantics/rocketmq.md §1, §2).
    simplified: ["prompt-controller"],
    proof: [],
    tests: [`${MODEL}/failover.test.ts`],
  },
  { id: "tags", area: "filters", modelled: "whole", proof: ["filter-tags/*", "pull/*tag*", "generated-filters/*"] },
  { id: "sql", area: "filters", modelled: "whole", proof: ["filter-sql/*", "generated-sql/*", "pull/sql*"] },
  { id: "strategies", area: "consuming", modelled: "whole", proof: ["allocate/*", "generated-allocate/*"] },
  {
    id: "rebalancing",
    area: "consuming",
    modelled: "simplified",
    simplified: ["one-registry", "prompt-brokers"],
    proof: ["rebalance/*", "generated-groups/*", "clients/*"],
    tests: [`${MODEL}/consumer/consumers.property.test.ts`, `${MODEL}/consumer/consumers.test.ts`],
  },
  {
    id: "pulling",
    area: "consuming",
    modelled: "simplified",
    simplified: ["always-young"],
    proof: ["consume/*", "pull/*", "broadcasting/*"],
    tests: [`${MODEL}/consumer/consumers.test.ts`],
  },
  {
    id: "offsets",
    area: "consuming",
    modelled: "whole",
    proof: ["offsets/*", "generated-offsets/*"],
    tests: [`${MODEL}/consumer/consumers.property.test.ts`],
  },
  { id: "popping", area: "consuming", modelled: "simplified", simplified: ["pop-turn", "pop-looks"], proof: ["pop/*"] },
  {
    id: "retries",
    area: "failures",
    modelled: "simplified",
    simplified: ["drawn-queues"],
    proof: ["retry/*", "generated-retries/*"],
  },
  { id: "orderly", area: "failures", modelled: "whole", proof: ["orderly/*"] },
  {
    id: "levels",
    area: "delays",
    modelled: "whole",
    proof: ["delay/*"],
    tests: [`${MODEL}/delay-levels.test.ts`, `${MODEL}/property.test.ts`],
  },
  { id: "timers", area: "delays", modelled: "whole", proof: ["delay/timer-*"], tests: [`${MODEL}/property.test.ts`] },
  {
    id: "half-messages",
    area: "transactions",
    modelled: "simplified",
    simplified: ["prompt-notes"],
    proof: ["transactions/*", "generated-transactions/*"],
    tests: [`${MODEL}/property.test.ts`],
  },
  {
    id: "check-backs",
    area: "transactions",
    modelled: "simplified",
    simplified: ["prompt-checks"],
    proof: ["transactions/check-*", "transactions/immunity*", "transactions/*ask", "crash/kill-half"],
    tests: [`${MODEL}/property.test.ts`],
  },
  { id: "other-parts", area: "brokers", modelled: "not", proof: [] },
];
