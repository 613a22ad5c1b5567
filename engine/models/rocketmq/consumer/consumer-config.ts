import type { StrategyPlan } from "./strategies.ts";

/** CONSUME_FROM_…: where a group begins that has no stored offset. */
export const CONSUME_FROM = ["LAST_OFFSET", "FIRST_OFFSET", "TIMESTAMP"] as const;
export type ConsumeFrom = (typeof CONSUME_FROM)[number];

/** What a client wants of a topic: tags with `||` between (`*` = everything), or an SQL92 condition. */
export interface Wanted {
  readonly topic: string;
  readonly expression: string;
  readonly isSql: boolean;
}

/** A push consumer's settings, under RocketMQ's own names. Times in ms. */
export interface PushConfig {
  readonly group: string;
  /** `ip@instanceName`; a group's members are sorted by it. Two clients of one id cannot be in one group. */
  readonly clientId: string;
  readonly subscriptions: readonly Wanted[];
  readonly listener: "concurrently" | "orderly";
  readonly model: "CLUSTERING" | "BROADCASTING";
  readonly from: ConsumeFrom;
  /** With TIMESTAMP: age of the first message wanted, at the start of the client. */
  readonly fromAgeMs: number;
  readonly strategy: StrategyPlan;
  /** −1: 16 times for a concurrent listener, for ever for an orderly one. */
  readonly maxReconsumeTimes: number;
  /** `consumeMessageBatchMaxSize`: messages a call of the listener, at most. */
  readonly batch: number;
  /** `consumeThreadMax`: calls of the listener at once, at most. */
  readonly threads: number;
  readonly pullBatchSize: number;
  /** Messages of a queue at the client; with more it does not pull. */
  readonly pullThresholdForQueue: number;
  /** Bytes of a queue's messages at the client, MiB. */
  readonly pullThresholdSizeForQueue: number;
  /** Concurrent listeners: distance from the first unfinished to the last pulled offset of a queue. */
  readonly consumeConcurrentlyMaxSpan: number;
  /** Between a pull that found something and the next one. */
  readonly pullIntervalMs: number;
  /** Orderly listeners: how long a queue waits after a failure. */
  readonly suspendMs: number;
  /** Concurrent listeners: a message in a listener for so long is sent back with level 3, and no longer waited for. */
  readonly consumeTimeoutMs: number;
  /** Between two times at which the client stores its offsets. Infinity: never by itself. */
  readonly persistIntervalMs: number;
  /** Between two rebalances that nobody asked for. */
  readonly rebalanceIntervalMs: number;
  /** Between two questions for the topics' routes. */
  readonly routeIntervalMs: number;
  readonly heartbeatIntervalMs: number;
  /** Orderly listeners: between two renewals of the locks. */
  readonly lockIntervalMs: number;
}

/** RocketMQ 5.3's defaults. */
export const PUSH_DEFAULTS: Omit<PushConfig, "group" | "clientId" | "subscriptions"> = {
  listener: "concurrently",
  model: "CLUSTERING",
  from: "LAST_OFFSET",
  fromAgeMs: 1_800_000,
  strategy: { name: "AVG" },
  maxReconsumeTimes: -1,
  batch: 1,
  threads: 20,
  pullBatchSize: 32,
  pullThresholdForQueue: 1000,
  pullThresholdSizeForQueue: 100,
  consumeConcurrentlyMaxSpan: 2000,
  pullIntervalMs: 0,
  suspendMs: 1000,
  consumeTimeoutMs: 900_000,
  persistIntervalMs: 5000,
  rebalanceIntervalMs: 20_000,
  routeIntervalMs: 30_000,
  heartbeatIntervalMs: 30_000,
  lockIntervalMs: 20_000,
};

/** What is the same for all clients, and for pulls that wait at a broker. Times in ms. */
export interface ClientSettings {
  /** The broker looks through parked pulls so often: what their filter holds back moves them on then. */
  readonly holdCheckMs: number;
  /** A parked pull is answered with nothing after so long (`brokerSuspendMaxTimeMillis`). */
  readonly suspendMaxMs: number;
  /** Between two rebalances of one client at least, also when it is told to (`rocketmq.client.rebalance.minInterval`); and when one could not be completed. */
  readonly rebalanceMinMs: number;
  /** From a rebalance that changed something to the first pull of the new queues. */
  readonly firstPullMs: number;
  /** After this time without a renewal the client itself takes a lock for lost (`rocketmq.client.rebalance.lockMaxLiveTime`). */
  readonly lockLiveMs: number;
}

/** RocketMQ 5.3's defaults. */
export const CLIENT_DEFAULTS: ClientSettings = {
  holdCheckMs: 5000,
  suspendMaxMs: 15_000,
  rebalanceMinMs: 1000,
  firstPullMs: 500,
  lockLiveMs: 30_000,
};
