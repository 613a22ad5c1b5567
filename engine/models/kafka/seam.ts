import type { MessageStore } from "../messages.ts";
import type { Meta } from "../model.ts";
import type { ReadBuffer } from "./read-buffer.ts";

/**
 * Where the model's parts meet. The **cluster** (this folder) holds topics, logs, brokers, producers and transactions; **groups** (`groups/`) and **consumers**
 * (`consumer/`) see of it what stands here, and are told of what changes by `ClusterWatcher`.
 *
 * Handles. A record is one handle of the message store. From `send` on the model answers for it: it waits in its producer's batch, then lies in the log of its
 * partition, once however many replicas there are, until retention, compaction, deletion or truncation ends it (`discarded`, `lost`). Every group reads without removing
 * it: `read` shows the log's own handles, and whoever needs one for longer than the call (a consumer's work, a token on its way) makes a clone. Offsets are whole
 * doubles; the numbers of topics, partitions, producers and keys are small integers that are never used twice. What a replica holds beside the leader's log (the tail
 * of a leader that was replaced) are clones that count nowhere until that replica leads again (`restored`).
 *
 * Time is virtual µs (`Meta.now`); timestamps of records and settings ending in `Ms` are ms, as in Kafka.
 */

export const READ_UNCOMMITTED = 0;
export const READ_COMMITTED = 1;
export type Isolation = typeof READ_UNCOMMITTED | typeof READ_COMMITTED;

/** What became of a `read`. */
export const READ_OK = 0;
/** Nobody leads the partition, its leader does not answer, or the topic is gone: ask again later. */
export const READ_UNAVAILABLE = 1;
/** The offset is below the start or above the end of the log. */
export const READ_OUT_OF_RANGE = 2;
export type ReadCode = typeof READ_OK | typeof READ_UNAVAILABLE | typeof READ_OUT_OF_RANGE;

/** What may be asked of the cluster without changing anything. `partition` is a partition's number over all topics, `index` its number in its topic. */
export interface ClusterView {
  readonly store: MessageStore;
  /** Grows whenever a topic comes, goes or gets partitions: what a client's metadata refresh compares. */
  readonly topologyVersion: number;

  /** −1 when there is none of this name (any more). */
  topicId(name: string): number;
  topicName(topic: number): string;
  /** Partitions of a topic; 0 when it was deleted. */
  partitionCount(topic: number): number;
  /** −1 when there is none. */
  partitionId(topic: number, index: number): number;
  /** Of `t-0`; −1 when there is none. */
  partitionNamed(name: string): number;
  topicOf(partition: number): number;
  indexOf(partition: number): number;
  /** `t-0` */
  partitionName(partition: number): string;

  /** First offset that the log still has. */
  start(partition: number): number;
  /** Offset behind the last record that readers may see. */
  highWatermark(partition: number): number;
  /** First offset of the oldest open transaction, at most the high watermark. */
  lastStable(partition: number): number;
  /** Offset that the next record will get. */
  logEnd(partition: number): number;
  /** Where a reader with `latest` begins. */
  latest(partition: number, isolation: Isolation): number;

  /** Broker that leads, −1 when nobody does. */
  leader(partition: number): number;
  leaderEpoch(partition: number): number;
  /** Somebody leads the partition and answers. */
  isReadable(partition: number): boolean;
  /** Some broker runs and answers: groups have a coordinator. */
  isUp(): boolean;

  /**
   * Records from `offset` on, in order: below the high watermark, or below the last stable offset and without those of aborted transactions. Markers are never shown.
   * `into.next` is where to read on, beyond what was left out, also when nothing was shown.
   * @param records at most so many @param bytes once the batches read have so many, no further one is begun
   */
  read(
    partition: number,
    offset: number,
    isolation: Isolation,
    records: number,
    bytes: number,
    into: ReadBuffer,
  ): ReadCode;
  /** First offset in the log whose record's timestamp is not earlier, −1 when there is none. The log's own rule: also when timestamps are out of order. */
  offsetForTime(partition: number, timestampMs: number): number;
  /** Timestamp of a record, ms; −1 when the log has none at this offset. */
  timestampAt(partition: number, offset: number): number;
  /** The log's own handle of the record at an offset; −1 when the log has none there, or a marker. */
  handleAt(partition: number, offset: number): number;
  /** Text of a key's number (`ReadBuffer.keys`); null for −1. */
  keyText(key: number): string | null;

  /**
   * Where a reader's log and the leader's part: the end of the leader's records of the largest epoch that is not above `epoch`. A reader whose position (with the epoch of
   * the record before it) is beyond has read what was cut off since. The log's end when `epoch` is the newest.
   */
  epochEnd(partition: number, epoch: number): number;
  /** Leader epoch of the last record before `offset`, −1 when there is none in the log. */
  epochBefore(partition: number, offset: number): number;
}

/** Whoever wants to know at once what changed in the cluster. Called in the middle of commands: it may not change the cluster. */
export interface ClusterWatcher {
  /** A topic came, went or got partitions. */
  topicChanged(topic: number, meta: Meta, out: TimerSink): void;
  /** There is more to read, or less: the high watermark, the last stable offset or the log's start rose. */
  advanced(partition: number, meta: Meta, out: TimerSink): void;
  /** Another leader, or none, or one again. */
  leaderChanged(partition: number, meta: Meta, out: TimerSink): void;
  /** The offsets that `GroupOffsets.commitInTransaction` kept for a producer count now, or never will. */
  transactionEnded(producerId: number, isCommitted: boolean, meta: Meta, out: TimerSink): void;
}

/** Who a transaction's offsets come from, as the consumer shows itself to the coordinator. */
export interface GroupMember {
  readonly group: string;
  /** "" for a consumer that is no member. */
  readonly memberId: string;
  /** −1 for a consumer that is no member. */
  readonly generation: number;
  readonly instanceId: string | null;
}

/** What transactions need of groups. */
export interface GroupOffsets {
  /**
   * Keeps offsets until the producer's transaction ends; from now on who asks for the committed offsets of these partitions waits.
   * @returns Kafka's code for a member that the group does not know or that is of another generation, "" when they are kept
   */
  commitInTransaction(
    member: GroupMember,
    producerId: number,
    offsets: ReadonlyMap<number, number>,
    meta: Meta,
    out: TimerSink,
  ): string;
}

/** Effects that every part has. */
export interface TimerSink {
  /** Call the model's `timerFired(what, target)` at `at` (virtual µs). Timers are never cancelled: the model ignores those that no longer apply. */
  timer(at: number, what: number, target: number): void;
}

/** What a timer is for: numbers below this one are the cluster's, from it on those of groups, then of consumers. */
export const TIMERS_OF_GROUPS = 32;
export const TIMERS_OF_CONSUMERS = 48;
