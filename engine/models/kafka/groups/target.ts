import type { PartitionName } from "./partition-name.ts";

/** Assignors of the broker: `group.remote.assignor`. */
export const REMOTE_ASSIGNORS = ["uniform", "range"] as const;
export type RemoteAssignor = (typeof REMOTE_ASSIGNORS)[number];

/** Consumer protocol (KIP-848): what the coordinator wants a group to be. Every member gets there by itself. */
export interface Target {
  /** Grows with every change of members, subscriptions and topics. */
  epoch: number;
  assignor: RemoteAssignor;
  /** Member number → its partitions. */
  assignment: Map<number, PartitionName[]>;
}

/** Consumer protocol: where a member stands on its way to the target. */
export interface MemberEpochs {
  /** The epoch whose assignment it has taken over, as far as others had given it up. */
  epoch: number;
  /** It was told to give these up, and has not confirmed it yet. */
  revoking: PartitionName[];
  /** A static member that has closed: its partitions wait for its return. */
  isAway: boolean;
}
