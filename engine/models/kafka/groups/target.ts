import type { PartitionName } from "./partition-name.ts";

/** Consumer protocol (KIP-848): what the coordinator wants a group to be. Every member gets there by itself. */
export interface Target {
  /** Grows with every change of members, subscriptions and topics. */
  epoch: number;
  /** Member number → its partitions. */
  assignment: Map<number, PartitionName[]>;
  /** Partitions of the topics as they were counted for it. */
  topics: Map<string, number>;
}

/** Consumer protocol: where a member stands on its way to the target. */
export interface MemberEpochs {
  /** The epoch whose assignment it has taken over, as far as others had given it up. */
  epoch: number;
  /** Told to give up and not confirmed yet. */
  revoking: PartitionName[];
}
