import type { TimerSink } from "../seam.ts";

/** Why a listener's failure ends a message for its group. */
export const DEAD_REASONS = [
  /** Retried as often as the consumer allows. */
  "limit",
  /** The listener wanted it so (delay level −1). */
  "listener",
] as const;

/** Why a failed message is neither retried nor a dead letter. */
export const DROP_REASONS = [
  /** Broadcasting knows no retries. */
  "broadcasting",
  /** The group has no retry queue. */
  "no-retry-queue",
] as const;

/**
 * Effects of groups and consumers, one method each. Consumers, groups and queues are the model's integers. Lists are the model's own: read them at once, or copy.
 * Messages given to listeners are no effects: `RocketConsumers.take` fills the consumer's task. Copies that a failure makes (retry, dead letter) are told by the
 * brokers' sink, as everything that is stored there.
 */
export interface RocketConsumerSink extends TimerSink {
  /** The client is a member of its group at the brokers. @param members how many there are now */
  joined(consumer: number, group: number, members: number): void;
  /** It is no member any more. @param isExpired nothing was heard of it for too long; else it left, or its connection ended */
  left(consumer: number, group: number, members: number, isExpired: boolean): void;
  /** The client reads this queue from now on. @param from offset of its first pull */
  gained(consumer: number, queue: number, from: number): void;
  /** The client reads it no longer. What its listener has in hand of it is worked on, but does not count any more. */
  gaveUp(consumer: number, queue: number): void;
  /** A client has shared out its topics' queues by its own view and now reads others. @param queues all that it reads now */
  rebalanced(consumer: number, group: number, queues: readonly number[]): void;
  /** The group's stored offset at the broker: the next to consume. */
  committed(group: number, queue: number, offset: number): void;
  /** A failed message is at the broker again, to come back after its delay. @param times of the coming retry, from 1 on @param level delay level */
  sentBack(consumer: number, queue: number, offset: number, times: number, level: number): void;
  /** A failed message was stored among the group's dead letters. @param times retries it had @param reason index in DEAD_REASONS */
  deadLettered(consumer: number, queue: number, offset: number, times: number, reason: number): void;
  /** A failed message is given up. @param reason index in DROP_REASONS */
  dropped(consumer: number, queue: number, offset: number, reason: number): void;
  /** A failed message could not be sent back: the listener gets it again from the client's own memory, in five seconds. */
  kept(consumer: number, queue: number, offset: number): void;
  /** Orderly: the queue waits. @param until virtual µs @param times local retries of its first message */
  suspended(consumer: number, queue: number, until: number, times: number): void;
  /** Orderly: the group's lock of this queue at the broker. @param consumer −1: nobody has it */
  locked(group: number, queue: number, consumer: number): void;
  /** A call of the listener took longer than `consumeTimeout`: its messages were sent back, its answer does not count any more. */
  timedOut(consumer: number, task: number): void;
  /** POP: the invisible time of a message was over: it comes again through the group's retry topic. */
  revived(group: number, queue: number, offset: number, times: number): void;
}
