import type { ClusterSink } from "../sink.ts";

/** Why a failed message is neither retried nor a dead letter. */
export const DROP_REASONS = [
  /** Broadcasting knows no retries. */
  "broadcasting",
  /** The group has no retry queue. */
  "no-retry-queue",
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export const dropReason = (reason: DropReason): number => DROP_REASONS.indexOf(reason);

/**
 * Effects of consumers, one method each, beside those that their commands have at the brokers (a failure stores a copy: `retried`, `deadLettered`). Consumers, groups and
 * queues are the model's integers. Lists are the model's own: read them at once, or copy. Messages given to listeners are no effects: `RocketConsumers.take` fills the task.
 */
export interface RocketConsumerSink extends ClusterSink {
  /** The client has told the brokers that it is a member of its group. */
  joined(consumer: number, group: number): void;
  /** It left, or its process is gone. That it has not been heard of for too long nobody tells: see `GroupsAtBroker.members`. */
  left(consumer: number, group: number): void;
  /** The client reads this queue from now on. @param from offset of its first pull */
  gained(consumer: number, queue: number, from: number): void;
  /** The client reads it no longer. What its listener has in hand of it is worked on, but does not count any more. */
  gaveUp(consumer: number, queue: number): void;
  /** A client has shared out its topics' queues by its own view and now reads others. @param queues all that it reads now, in no order */
  rebalanced(consumer: number, group: number, queues: readonly number[]): void;
  /** The group's stored offset at the broker is another: the next to consume. */
  offsetStored(group: number, queue: number, offset: number): void;
  /** A failed message is given up. @param reason index in DROP_REASONS */
  dropped(consumer: number, queue: number, offset: number, reason: number): void;
  /** A failed message could not be sent back: the listener gets it again from the client's own memory, in five seconds. */
  kept(consumer: number, queue: number, offset: number): void;
  /** Orderly: the queue waits. @param until virtual µs @param times local retries of its first message */
  suspended(consumer: number, queue: number, until: number, times: number): void;
  /** Orderly: the client has the group's lock of the queue now, or gave it back. */
  locked(consumer: number, queue: number, isHeld: boolean): void;
  /** A message was in the listener for longer than `consumeTimeout`: it was sent back, the listener's answer does not count for it any more. */
  timedOut(consumer: number, queue: number, offset: number): void;
}
