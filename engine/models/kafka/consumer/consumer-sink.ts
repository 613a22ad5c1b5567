import type { TimerSink } from "../seam.ts";

/** Why a group rebalances. */
export const REBALANCE_REASONS = [
  /** A new member. */
  "join",
  /** A member closed or gave its subscription up. */
  "leave",
  /** A member sent no heartbeat for its session timeout. */
  "session",
  /** A member did not poll for `max.poll.interval.ms` and left by itself. */
  "poll-interval",
  /** A member wants other topics. */
  "subscription",
  /** A topic of the group came, went or got partitions. */
  "topics",
  /** Cooperative: what members gave up in the round before is handed out. */
  "revoked",
  /** A member did not come back within the rebalance timeout. */
  "rebalance-timeout",
  /** A static member came back in a way that changes the assignor, or while others were joining. */
  "static-return",
] as const;
export type RebalanceReason = (typeof REBALANCE_REASONS)[number];

export const rebalanceReason = (reason: RebalanceReason): number => REBALANCE_REASONS.indexOf(reason);

/** Where a position without a valid commit comes from. */
export const POSITION_REASONS = [
  /** The group's commit. */
  "committed",
  /** `auto.offset.reset`: nothing was committed. */
  "reset",
  /** `auto.offset.reset`: the offset is not in the log (any more). */
  "out-of-range",
  /** What was read was cut off by another leader. */
  "truncated",
  /** A seek. */
  "seek",
] as const;
export type PositionReason = (typeof POSITION_REASONS)[number];

export const positionReason = (reason: PositionReason): number => POSITION_REASONS.indexOf(reason);

/**
 * Effects of groups and consumers, one method each. Consumers, groups and partitions are the model's integers. Lists are the model's own: read them at once, or copy.
 * Records are no effects: `KafkaConsumers.poll` fills the consumer's batch.
 */
export interface ConsumerSink extends TimerSink {
  /** Callback onPartitionsAssigned. Cooperative members are told what is new only, eager ones all; also when it is nothing. */
  assigned(consumer: number, partitions: readonly number[]): void;
  /** Callback onPartitionsRevoked: given up in order; what was processed can still be committed. */
  revoked(consumer: number, partitions: readonly number[]): void;
  /** Callback onPartitionsLost: they belong to others already. */
  lost(consumer: number, partitions: readonly number[]): void;
  /** The consumer is a member of the group's new generation. */
  joined(consumer: number, group: number, generation: number): void;
  /** The consumer is no member any more. @param reason index in REBALANCE_REASONS */
  left(consumer: number, group: number, reason: number): void;
  /** The group waits for all its members to join (again). @param generation the one that ends @param reason index in REBALANCE_REASONS */
  rebalancing(group: number, generation: number, reason: number): void;
  /** Every member knows its partitions. @param generation 0 members end in a generation too */
  stable(group: number, generation: number, members: number): void;
  /** A committed offset: the next to read. */
  committed(group: number, partition: number, offset: number): void;
  /** Where the consumer reads next, when that does not follow from what it read before. @param reason index in POSITION_REASONS */
  positioned(consumer: number, partition: number, offset: number, reason: number): void;
}
