import type { AssignorName } from "../groups/assignors.ts";
import type { Isolation } from "../seam.ts";

/** Where to read without a committed offset: `auto.offset.reset`. A number is `by_duration`, ms. */
export type OffsetReset = "earliest" | "latest" | "none" | number;

/** A consumer's settings, under Kafka's names without dots. Times in ms. */
export interface ConsumerConfig {
  /** `group.id`, null for none. */
  readonly group: string | null;
  /** Member ids begin with it, and members without an instance id are sorted by it. */
  readonly clientId: string;
  /** `group.instance.id`, null for a dynamic member. */
  readonly instanceId: string | null;
  /** `group.protocol` */
  readonly protocol: "classic" | "consumer";
  /** `partition.assignment.strategy`, the preferred first. Classic only. */
  readonly assignors: readonly AssignorName[];
  /** `group.remote.assignor`, null for the broker's own choice (uniform). Consumer protocol only. */
  readonly remoteAssignor: string | null;
  readonly autoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly autoOffsetReset: OffsetReset;
  readonly maxPollRecords: number;
  readonly maxPollIntervalMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly isolation: Isolation;
  readonly metadataMaxAgeMs: number;
  /** `max.partition.fetch.bytes` */
  readonly maxPartitionFetchBytes: number;
}

/** Kafka 4.x's defaults. */
export const CONSUMER_DEFAULTS: ConsumerConfig = {
  group: null,
  clientId: "consumer",
  instanceId: null,
  protocol: "classic",
  assignors: ["range", "cooperative-sticky"],
  remoteAssignor: null,
  autoCommit: true,
  autoCommitIntervalMs: 5000,
  autoOffsetReset: "latest",
  maxPollRecords: 500,
  maxPollIntervalMs: 300_000,
  sessionTimeoutMs: 45_000,
  heartbeatIntervalMs: 3000,
  isolation: 0,
  metadataMaxAgeMs: 300_000,
  maxPartitionFetchBytes: 1_048_576,
};

/** Settings of the group coordinator, the brokers' own. */
export interface GroupsConfig {
  /** `group.initial.rebalance.delay.ms`: an empty group waits so long for more members. */
  readonly initialRebalanceDelayMs: number;
  /** `group.min.session.timeout.ms` */
  readonly minSessionTimeoutMs: number;
  /** `group.max.session.timeout.ms` */
  readonly maxSessionTimeoutMs: number;
  /** `offsets.retention.minutes`, ms: how long a group without members keeps its offsets. */
  readonly offsetsRetentionMs: number;
  /** `group.consumer.session.timeout.ms`, of the consumer protocol. */
  readonly consumerSessionTimeoutMs: number;
  /** `group.consumer.heartbeat.interval.ms` */
  readonly consumerHeartbeatIntervalMs: number;
  /** Members hear of a rebalance at once instead of with their next heartbeat; recorded cases want that. */
  readonly hasInstantNews: boolean;
}

export const GROUPS_DEFAULTS: GroupsConfig = {
  initialRebalanceDelayMs: 3000,
  minSessionTimeoutMs: 6000,
  maxSessionTimeoutMs: 1_800_000,
  offsetsRetentionMs: 604_800_000,
  consumerSessionTimeoutMs: 45_000,
  consumerHeartbeatIntervalMs: 5000,
  hasInstantNews: false,
};
