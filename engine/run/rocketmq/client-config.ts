import { PUSH_DEFAULTS, type PushConfig, type Wanted } from "../../models/rocketmq/index.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Reader } from "./places.ts";

/** `pollNameServerInterval`, scaled as the rebalance is. In RocketMQ half a minute. */
export const ROUTES_MS = 3000;

/** Of each client on the ring of consistent hashing: RocketMQ's default. */
const POINTS = 10;

/** How a client of the drawing is set. Its threads are the servers of its instance, however many there are at the moment. */
export class ClientConfig implements PushConfig {
  readonly group: string;
  readonly clientId: string;
  readonly subscriptions: readonly Wanted[];
  readonly listener: PushConfig["listener"];
  readonly model: PushConfig["model"];
  readonly from: PushConfig["from"];
  readonly strategy: PushConfig["strategy"];
  readonly fromAgeMs: number = PUSH_DEFAULTS.fromAgeMs;
  readonly maxReconsumeTimes: number;
  readonly batch: number;
  readonly pullBatchSize: number = PUSH_DEFAULTS.pullBatchSize;
  readonly pullThresholdForQueue: number = PUSH_DEFAULTS.pullThresholdForQueue;
  readonly pullThresholdSizeForQueue: number = PUSH_DEFAULTS.pullThresholdSizeForQueue;
  readonly consumeConcurrentlyMaxSpan: number = PUSH_DEFAULTS.consumeConcurrentlyMaxSpan;
  readonly pullIntervalMs: number = PUSH_DEFAULTS.pullIntervalMs;
  readonly suspendMs: number;
  readonly consumeTimeoutMs: number = PUSH_DEFAULTS.consumeTimeoutMs;
  readonly persistIntervalMs: number;
  readonly rebalanceIntervalMs: number;
  readonly routeIntervalMs: number = ROUTES_MS;
  readonly heartbeatIntervalMs: number = PUSH_DEFAULTS.heartbeatIntervalMs;
  readonly lockIntervalMs: number = PUSH_DEFAULTS.lockIntervalMs;
  private readonly instance: ConsumerInstance;

  constructor({ instance, readers }: Reader, subscriptions: readonly Wanted[]) {
    const { name, settings: s } = readers;
    const isOrderly = s.order === "orderly";
    this.instance = instance;
    this.strategy = s.strategy === "CONSISTENT_HASH" ? { name: s.strategy, points: POINTS } : { name: s.strategy };
    this.group = name;
    this.clientId = `${instance.node.name}-${instance.node.instances.indexOf(instance.index) + 1}`;
    this.subscriptions = subscriptions;
    this.listener = isOrderly ? "orderly" : "concurrently";
    this.model = s.mode === "broadcasting" ? "BROADCASTING" : "CLUSTERING";
    this.from = s.startFrom === "first" ? "FIRST_OFFSET" : "LAST_OFFSET";
    this.maxReconsumeTimes = isOrderly ? (s.orderlyLimit ?? -1) : s.maxReconsume;
    this.batch = s.batch;
    this.suspendMs = s.suspend;
    this.persistIntervalMs = s.persistEvery;
    this.rebalanceIntervalMs = s.rebalanceEvery;
  }

  get threads(): number {
    return this.instance.concurrency;
  }
}
