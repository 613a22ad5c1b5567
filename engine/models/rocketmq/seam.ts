import type { MessageStore } from "../messages.ts";
import type { Meta } from "../model.ts";
import type { QueueBuffer } from "./queue-buffer.ts";
import type { ClusterSink } from "./sink.ts";

/**
 * Where the model's parts meet. The **cluster** (this folder) holds name server, brokers, topics, queues, producers, transactions, delays, and what brokers know of consumer
 * groups: offsets, members, subscriptions, locks, popped messages. **Consumers** (`consumer/`) are the clients' loops; they see of the cluster what stands here and are told
 * of what changes by `ClusterWatcher`.
 *
 * Numbers. `broker` is a broker *group* (what RocketMQ calls brokerName: one master, perhaps slaves); `topic`, `queue`, `group` (of consumers) and `producer` are small
 * integers as well, given by name, never used for another name. A queue is a topic's queue at one broker. A topic that is deleted and made again keeps its number, and its
 * queues begin at 0 again.
 *
 * Handles. A message is one handle of the message store. From `send` on the model answers for it: it is with its producer until an answer comes, waits as a half message or
 * for its time, then lies in one queue until retention, deletion or a fault ends it (`discarded`, `lost`). Groups read without removing: `read` shows the queue's own
 * handles, and whoever needs one for longer than the call (a listener's work, a token on its way) makes a clone and ends it himself. What goes back to the broker because it
 * failed is a new message: the broker clones (`copied`), the original stays where it is.
 *
 * Tag and properties: the tag is a number (`tagText`), −1 for none; properties are the `headers` of the message's kind, for SQL92 (the tag is their `TAGS`).
 *
 * Time is virtual µs (`Meta.now`); what ends in `Ms` is ms as in RocketMQ.
 */

export const READ_FOUND = 0;
/** Nothing behind the offset yet: a push consumer's pull is parked at the broker. */
export const READ_NO_NEW = 1;
/** There are messages, but the filter held all back that were looked at: go on at `next`. */
export const READ_NO_MATCH = 2;
/** Below the queue's first or above its last offset: go on at `next`. */
export const READ_ILLEGAL = 3;
/** The broker does not answer (down, standing still), or the queue is no longer there: ask again later. */
export const READ_UNAVAILABLE = 4;
/** The topic may not be read: its permission says so. RocketMQ's NO_PERMISSION. */
export const READ_FORBIDDEN = 5;
/** The queue's number is not among those that can be read at its broker. RocketMQ's INVALID_PARAMETER. */
export const READ_NO_QUEUE = 6;
export type ReadCode =
  | typeof READ_FOUND
  | typeof READ_NO_NEW
  | typeof READ_NO_MATCH
  | typeof READ_ILLEGAL
  | typeof READ_UNAVAILABLE
  | typeof READ_FORBIDDEN
  | typeof READ_NO_QUEUE;

/** What the broker lets pass: plain data, so that it can be kept. Made by `brokerFilter` (filter/broker-filter.ts). */
export interface BrokerFilter {
  readonly isAll: boolean;
  /** The tags' hashes; not looked at if `isAll` or with a condition. */
  readonly hashes: ReadonlySet<number>;
  /** A SQL92 condition instead of tags, "" for none. One that cannot be read lets everything pass. */
  readonly sql: string;
}

export const EVERYTHING: BrokerFilter = { isAll: true, hashes: new Set(), sql: "" };

/** What may be asked of the cluster without changing anything. */
export interface ClusterView {
  readonly store: MessageStore;
  /** Grows with every change that the name server would tell: what a client's route refresh compares. */
  readonly routeVersion: number;

  // ---- names
  /** −1 when there never was one of this name. */
  topicId(name: string): number;
  topicName(topic: number): string;
  /** −1 when there is none. */
  brokerId(name: string): number;
  brokerName(broker: number): string;
  /** −1 when there is none. */
  queueId(topic: number, broker: number, index: number): number;
  /** Of `t-0`, or `b/t-0` where there are several brokers; −1 when there is none. */
  queueNamed(name: string): number;
  queueName(queue: number): string;
  topicOf(queue: number): number;
  brokerOf(queue: number): number;
  indexOf(queue: number): number;
  /** "" for −1. */
  tagText(tag: number): string;

  // ---- routes, as the name server tells them
  /** The topic is at some broker that is registered. */
  hasRoute(topic: number): boolean;
  /** Queues that consumers share, sorted by broker's name and number: the read queues of brokers where the topic may be read. The list is kept until the route changes. */
  readQueues(topic: number): readonly number[];
  /** The broker has a server that answers to reads: its master. While a master is down or stands still: no. */
  isUp(broker: number): boolean;
  /** `enablePropertyFilter`: SQL92 conditions are taken. Without it a client with one is refused (SYSTEM_ERROR). */
  readonly takesConditions: boolean;

  // ---- queues
  /** First offset that is there. */
  min(queue: number): number;
  /** Offset that the next message will get. */
  max(queue: number): number;
  /** First offset that was stored at this time (ms) or later; `max` when there is none, as RocketMQ's searchOffset tells it. */
  offsetForTime(queue: number, timeMs: number): number;
  /**
   * Messages from `offset` on that pass the filter: their handles, offsets, tags, reconsume times, topics. `into.next` is where to go on, beyond what the filter held back.
   * @param limit of the messages that pass
   */
  read(queue: number, offset: number, limit: number, filter: BrokerFilter, into: QueueBuffer): ReadCode;
  /**
   * As `read`, for a consumer that had the queue already: goes on at a slave while the master is down, if `slaveReadEnable` allows it; what the slave does not have yet it
   * does not show.
   */
  readOn(queue: number, offset: number, limit: number, filter: BrokerFilter, into: QueueBuffer): ReadCode;
}

/** One topic of what a client says in its heartbeat. */
export interface Subscription {
  readonly topic: string;
  /** Tags, or a SQL92 condition. */
  readonly expression: string;
  readonly isSql: boolean;
  /** When the client made (or renewed) it, ms: of two for the same topic the broker keeps the newer. */
  readonly version: number;
}

/** What the broker keeps of a group. */
export interface GroupSettings {
  readonly consumeEnable: boolean;
  /** Queues of the retry topic; 0: what fails is dropped. */
  readonly retryQueues: number;
  readonly retryMaxTimes: number;
}

/** What became of `sendBack`. */
export const SENT_BACK = 0;
/** It is a dead letter now. */
export const SENT_TO_DEAD_LETTERS = 1;
/** The group has no retry queue: dropped, and the client is told that all is well. */
export const SENT_NOWHERE = 2;
/** No broker answers, or nobody has the message any more: the client consumes it again after 5 s. */
export const NOT_SENT_BACK = 3;
export type SendBackCode = typeof SENT_BACK | typeof SENT_TO_DEAD_LETTERS | typeof SENT_NOWHERE | typeof NOT_SENT_BACK;

/** The broker's side of consumer groups. Codes are RocketMQ's, "" = done. */
export interface GroupsAtBroker {
  /** The group's number; made up when it is new. That alone does not make it known to a broker. */
  groupId(name: string): number;
  groupName(group: number): string;
  /** An administrator's word; changes the settings of a group that exists. */
  createGroup(name: string, settings: GroupSettings, meta: Meta, out: ClusterSink): void;
  /** The settings; null for a group that no broker knows. */
  groupSettings(group: number): GroupSettings | null;

  // ---- members (heartbeats)
  /**
   * A heartbeat: the group becomes known (with its retry topic), the client a member, its subscriptions count where they are newer; topics that it does not name are forgotten
   * for the whole group. The client has to say it again within 120 s. Tells the watcher when that changes something.
   * @param order what members are sorted by: the client's id as text
   */
  heartbeat(group: number, client: string, subscriptions: readonly Subscription[], meta: Meta, out: ClusterSink): void;
  /** The client leaves the group in an orderly way, or its connection closes. */
  leave(group: number, client: string, meta: Meta, out: ClusterSink): void;
  /** Ids of the members, sorted as texts, unit by unit. The list is kept until they change. */
  members(group: number): readonly string[];
  /** The group's subscription to a topic, whoever said it last; null when nobody did. */
  subscription(group: number, topic: number): Subscription | null;
  /** The same as a filter; null when there is none. What cannot be read lets everything pass. */
  filterOf(group: number, topic: number): BrokerFilter | null;

  // ---- offsets
  /** What is stored, −1 for nothing. */
  committed(group: number, queue: number): number;
  /**
   * What the broker answers to a consumer that begins with a queue: what is stored; 0 for a young queue (its first message is still there and in memory), whatever the
   * consumer wants; −1: the consumer decides.
   */
  beginning(group: number, queue: number): number;
  /** @returns whether the broker has heard it: it was up */
  commit(group: number, queue: number, offset: number, meta: Meta, out: ClusterSink): boolean;
  /** An administrator moves a group, running or not: stored at once, and told to whoever pulls next. */
  resetOffset(group: number, queue: number, offset: number, meta: Meta, out: ClusterSink): void;
  /** Where a pull of this group has to go on after a reset, −1 without one; told once. */
  takeReset(group: number, queue: number): number;

  // ---- orderly consumption
  /** @returns whether the client has the queue's lock now, for `lockMs` from now on: it was free, expired or its own; never while the broker is down */
  lock(group: number, client: string, queue: number, meta: Meta): boolean;
  unlock(group: number, client: string, queue: number): void;
  /** Who holds the lock, "" for nobody. */
  lockedBy(group: number, queue: number, now: number): string;

  // ---- failures
  /**
   * CONSUMER_SEND_MSG_BACK: a new message in the group's retry topic at the same broker (at another one while that does not answer), after the delay of the level, with one
   * more reconsume time; or a dead letter.
   * Told by `copied`, then `delayed` or `stored`.
   * @param offset where the message that failed stands in `queue` @param delayLevel 0: 3 + its times; below 0: a dead letter @param maxReconsumeTimes the client's limit
   */
  sendBack(
    group: number,
    queue: number,
    offset: number,
    delayLevel: number,
    maxReconsumeTimes: number,
    meta: Meta,
    out: ClusterSink,
  ): SendBackCode;
  /** An orderly consumer's message that failed too often: a dead letter at once. @param times counted by the client */
  sendToDeadLetters(
    group: number,
    queue: number,
    offset: number,
    times: number,
    meta: Meta,
    out: ClusterSink,
  ): SendBackCode;

  // ---- pop
  /**
   * Hands out messages of one queue, or (−1) of any of the topic's, then of the group's pop-retry topic; hidden from the group for `invisibleMs`, then there again in
   * `%RETRY%group_topic` with one more reconsume time, unless acknowledged.
   * @param fromFirst where a group without offset begins: the queue's first message, else its end
   */
  pop(
    group: number,
    topic: number,
    queue: number,
    limit: number,
    invisibleMs: number,
    fromFirst: boolean,
    filter: BrokerFilter,
    into: QueueBuffer,
    meta: Meta,
    out: ClusterSink,
  ): ReadCode;
  /** @param popTime `QueueBuffer.popTime` of the pop (or of the newest change) @returns whether the handle was valid; "" = done */
  popAck(group: number, queue: number, offset: number, popTime: number, meta: Meta, out: ClusterSink): string;
  /** The message stays hidden for so long from now on. @returns the new pop time (µs), −1 when the handle is no longer valid */
  popChange(
    group: number,
    queue: number,
    offset: number,
    popTime: number,
    invisibleMs: number,
    meta: Meta,
    out: ClusterSink,
  ): number;
}

/** Whoever wants to know at once what changed. Called in the middle of commands: it may not change the cluster, but set timers. */
export interface ClusterWatcher {
  /** There is more to read in the queue, or its broker answers again. */
  arrived(queue: number, meta: Meta, out: TimerSink): void;
  /** Another route: a topic came, went, changed; a broker came or went (−1: any topic may be concerned). */
  routeChanged(topic: number, meta: Meta, out: TimerSink): void;
  /** The broker tells the members of a group to rebalance: one came or went. */
  membersChanged(group: number, meta: Meta, out: TimerSink): void;
}

/** Effects that every part has. */
export interface TimerSink {
  /** Call the model's `timerFired(what, target)` at `at` (virtual µs). Timers are never cancelled: the model ignores those that no longer apply. */
  timer(at: number, what: number, target: number): void;
}

/** What a timer is for: numbers below this one are the cluster's, from it on the consumers'. */
export const TIMERS_OF_CONSUMERS = 32;
