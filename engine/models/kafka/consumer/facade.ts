import type { Meta } from "../../model.ts";
import type { ReadBuffer } from "../read-buffer.ts";
import type { ClusterWatcher, GroupOffsets } from "../seam.ts";
import type { ConsumerConfig } from "./consumer-config.ts";
import type { ConsumerSink } from "./consumer-sink.ts";

/** What a poll gave. Handles are copies of their own: whoever polls owns them from now on and frees them. */
export interface Batch extends ReadBuffer {
  /** The partition of each record. */
  partitions: Int32Array;
}

/** A member as administrators see it. */
export interface MemberDescription {
  /** Consumer's number. */
  readonly consumer: number;
  readonly clientId: string;
  readonly instanceId: string | null;
  readonly partitions: readonly number[];
}

export interface GroupDescription {
  /** Kafka's word: Empty, PreparingRebalance, CompletingRebalance, Stable; Assigning, Reconciling in the consumer protocol. */
  readonly state: string;
  readonly generation: number;
  /** Classic: the assignor that all members have in common. "" while there is none. */
  readonly assignor: string;
  /** In the order in which they joined. */
  readonly members: readonly MemberDescription[];
}

/**
 * Groups and consumers of one cluster. A consumer is a client with a loop of its own: it **polls**, works on what it got, and polls again. Methods that give a text
 * give Kafka's name of the error that the client would throw, "" when there is none.
 *
 * Polling. `poll` begins a poll; when it gives records, or an error, the poll has ended and the consumer works. When it gives none the consumer goes on waiting
 * *inside* the poll: it takes part in rebalances at once, and its number is put into `ready` when there is something new; then poll again. `stopPolling` ends a poll
 * that waits. Between polls nothing happens but heartbeats: a group that rebalances waits until each member polls again, or its `max.poll.interval.ms` is over.
 */
export interface ConsumersFacade extends ClusterWatcher, GroupOffsets {
  /** @returns the number of a new consumer; numbers are never used twice */
  open(config: ConsumerConfig, meta: Meta, out: ConsumerSink): number;
  subscribe(consumer: number, topics: readonly string[], meta: Meta, out: ConsumerSink): string;
  /** Gives the subscription or assignment up; a dynamic member leaves its group at once. Commits nothing. */
  unsubscribe(consumer: number, meta: Meta, out: ConsumerSink): string;
  /** Partitions by hand, outside the group's assignment. */
  assign(consumer: number, partitions: readonly number[], meta: Meta, out: ConsumerSink): string;

  /** @returns how many records are in `batch(consumer)`, −1 for an error (`errorOf`) */
  poll(consumer: number, meta: Meta, out: ConsumerSink): number;
  /** The records of the last poll, until the next one. */
  batch(consumer: number): Batch;
  /** What the last poll threw. */
  errorOf(consumer: number): string;
  stopPolling(consumer: number, meta: Meta, out: ConsumerSink): void;
  /** The consumer is inside a poll that has given nothing yet. */
  isPolling(consumer: number): boolean;
  /**
   * Consumers whose waiting poll may go on: `ready[0 … readyCount)`. Take them out by setting `readyCount` to 0 before polling them; one that was polled since may
   * stand there still, so ask `isPolling`.
   */
  readonly ready: Int32Array;
  readyCount: number;

  /** Commits the positions of all assigned partitions: everything that polls have returned. */
  commit(consumer: number, meta: Meta, out: ConsumerSink): string;
  /** Commits one offset: the next to read. */
  commitOffset(consumer: number, partition: number, next: number, meta: Meta, out: ConsumerSink): string;
  commitOffsets(consumer: number, offsets: ReadonlyMap<number, number>, meta: Meta, out: ConsumerSink): string;

  seek(consumer: number, partition: number, to: number | "beginning" | "end", meta: Meta, out: ConsumerSink): string;
  pause(consumer: number, partitions: readonly number[]): string;
  resume(consumer: number, partitions: readonly number[]): string;

  /** An orderly end: automatic commit, callbacks, a dynamic member leaves. */
  close(consumer: number, meta: Meta, out: ConsumerSink): void;
  /** Gone without a word: the group learns of it after the session timeout. */
  crash(consumer: number, meta: Meta, out: ConsumerSink): void;
  /** Nothing gets through to the brokers and back (a cut network), until `heal`. */
  cut(consumer: number, meta: Meta, out: ConsumerSink): void;
  heal(consumer: number, meta: Meta, out: ConsumerSink): void;
  /** The whole process stands still, heartbeats included, until `thaw`. */
  freeze(consumer: number, meta: Meta, out: ConsumerSink): void;
  thaw(consumer: number, meta: Meta, out: ConsumerSink): void;

  /** The consumer's partitions, in no order. */
  assignment(consumer: number): readonly number[];
  assignedCount(consumer: number): number;
  /** Whether the partition is among them. */
  holds(consumer: number, partition: number): boolean;
  /** Where it reads next, −1 while that is not known. */
  position(consumer: number, partition: number): number;
  /** Records fetched and not given out by a poll yet. */
  buffered(consumer: number): number;

  /** −1 when there is none of this name. */
  groupId(name: string): number;
  groupName(group: number): string;
  describe(group: number): GroupDescription;
  /** Next offset to read, −1 when nothing is committed. */
  committedOffset(group: number, partition: number): number;

  /** A timer that the model asked for, from TIMERS_OF_GROUPS on. */
  timerFired(what: number, target: number, meta: Meta, out: ConsumerSink): void;
}
