import { type AllocationStrategy, averagely } from "../allocation.ts";

/** CONSUME_FROM_…: where a group begins that has no stored offset. */
export const CONSUME_FROM = ["LAST_OFFSET", "FIRST_OFFSET", "TIMESTAMP"] as const;
export type ConsumeFrom = (typeof CONSUME_FROM)[number];

/** What a client wants of a topic: tags with `||` between, or an SQL92 condition. */
export interface Subscription {
  readonly topic: string;
  readonly type: "TAG" | "SQL92";
  /** `*` = everything. */
  readonly expression: string;
}

/** A push consumer's settings, under RocketMQ's own names. Times in ms. */
export interface PushConfig {
  readonly group: string;
  /** `ip@instanceName`; a group's members are sorted by it. Two clients of one id cannot be in one group. */
  readonly clientId: string;
  readonly subscriptions: readonly Subscription[];
  readonly listener: "concurrently" | "orderly";
  readonly model: "CLUSTERING" | "BROADCASTING";
  readonly from: ConsumeFrom;
  /** With TIMESTAMP: age of the first message wanted, at the start of the client. */
  readonly fromAgeMs: number;
  readonly strategy: AllocationStrategy;
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
  strategy: averagely,
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

/** Settings of brokers that concern consumers. Times in ms. */
export interface GroupSettings {
  /** `rocketmq.broker.rebalance.lockMaxLiveTime`: an orderly lock that is not renewed ends. */
  readonly lockMaxLiveMs: number;
  /** A client that is not heard of leaves its groups. */
  readonly clientExpiryMs: number;
  /** `flushConsumerOffsetInterval`: what was stored since is lost with the broker's process. */
  readonly flushConsumerOffsetMs: number;
  /** The broker looks through parked pulls so often: news that their filter holds back moves them on then. */
  readonly holdCheckMs: number;
  /** A parked pull is answered with nothing after so long (the client's `brokerSuspendMaxTimeMillis`). */
  readonly suspendMaxMs: number;
  /** From a change of a group's members until its members have heard of it. */
  readonly notifyMs: number;
  /** POP: the broker looks for messages whose invisible time is over. */
  readonly reviveIntervalMs: number;
}

export const GROUP_DEFAULTS: GroupSettings = {
  lockMaxLiveMs: 60_000,
  clientExpiryMs: 120_000,
  flushConsumerOffsetMs: 5000,
  holdCheckMs: 5000,
  suspendMaxMs: 15_000,
  notifyMs: 0,
  reviveIntervalMs: 1000,
};

/** What an administrator says of a group; otherwise its first member makes it with these. */
export interface GroupPlan {
  readonly consumeEnable: boolean;
  /** For clients that name no limit of their own; those of this line always do (rocketmq/retry/group-max). */
  readonly retryMaxTimes: number;
  /** Queues of the retry topic; with none what fails is dropped. */
  readonly retryQueues: number;
}

export const GROUP_PLAN: GroupPlan = { consumeEnable: true, retryMaxTimes: 16, retryQueues: 1 };
