import type { Meta } from "../../model.ts";
import type { PullStatus } from "../pull.ts";
import type { ClusterWatcher } from "../seam.ts";
import type { PushConfig, Wanted } from "./consumer-config.ts";
import type { RocketConsumerSink } from "./consumer-sink.ts";

/** One call of a listener. The columns are filled again by the next `take` of any consumer. */
export interface Task {
  /** Its number, for the answer; never used twice. */
  task: number;
  /** All its messages are of this queue: the one where they really stand. */
  queue: number;
  count: number;
  offsets: Float64Array;
  /** Copies of their own: whoever takes them owns them from now on and frees them. */
  handles: Int32Array;
  /** How often each was retried before: at the broker, or, orderly, by this client. */
  times: Int32Array;
}

/** The client's answer to a pull by hand. */
export interface PullAnswer {
  readonly status: PullStatus;
  readonly next: number;
  readonly min: number;
  readonly max: number;
  /** What passed both filters. */
  readonly offsets: readonly number[];
}

/** One message handed out by POP. */
export interface Popped {
  /** For `ack` and `changeInvisible`. */
  readonly receipt: number;
  readonly queue: number;
  readonly offset: number;
  /** A copy of its own: whoever popped it owns it. */
  readonly handle: number;
  readonly times: number;
}

export interface PopRequest {
  readonly group: string;
  readonly topic: string;
  /** −1 = any of the topic. */
  readonly queue: number;
  readonly max: number;
  readonly invisibleMs: number;
  /** Where a group without an offset begins. */
  readonly from: "FIRST" | "MAX";
  readonly filter: Wanted;
}

/** A member as administrators see it. */
export interface RocketMember {
  readonly consumer: number;
  readonly clientId: string;
  /** By its own view, in order of topic, broker and number. */
  readonly queues: readonly number[];
}

/**
 * The clients that consume from one cluster; what brokers keep of groups (members, offsets, locks, dead letters) is the cluster's, see `GroupsAtBroker`. A **push consumer** pulls by itself, as fast as its buffer allows, and calls its listener: `take` gives the next call that a
 * thread may make, `consumed`, `reconsumeLater` or `suspendQueue` is the listener's return. A thread is busy from `take` to the answer; there are `threads` of them.
 * Consumers that have something to take stand in `ready`. Methods that give a text give RocketMQ's name of the error, "" when there is none.
 */
export interface RocketConsumersFacade extends ClusterWatcher {
  /** Starts a push consumer. @returns its number, never used twice; −1 if it is refused (`refusal`) */
  start(config: PushConfig, meta: Meta, out: RocketConsumerSink): number;
  /** Why the last `start` was refused. */
  readonly refusal: string;
  /** An orderly end: stores offsets, gives locks back, leaves the group. What its listener has in hand does not count. */
  shutdown(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  /** Its process is gone: connections close, nothing is stored. */
  crash(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  /** Nothing gets through to the brokers and back, until `heal`. Connections stay open: the group learns of it when the client expires. */
  cut(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  heal(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  /** The process stands still, heartbeats included, until `thaw`. */
  freeze(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  thaw(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  /** The application wants no more messages for the moment: no pulls. */
  suspend(consumer: number): void;
  resume(consumer: number, meta: Meta, out: RocketConsumerSink): void;
  /** Other topics or filters for a running client. It tells the brokers with its next heartbeat, which it sends at once. */
  subscribe(consumer: number, wanted: Wanted, meta: Meta, out: RocketConsumerSink): string;
  unsubscribe(consumer: number, topic: string, meta: Meta, out: RocketConsumerSink): void;

  /**
   * Consumers that may have something to take: `ready[0 … readyCount)`. After each command to the cluster or to consumers, copy them, set `readyCount` to 0, and `take` of each
   * of them until it gives nothing, also when all its threads are busy: its pulls go on there. One may stand there in vain.
   */
  readonly ready: Int32Array;
  readyCount: number;
  /** The next call of the listener, for a free thread, into `task`. @returns how many messages it has, 0 when there is none */
  take(consumer: number, meta: Meta, out: RocketConsumerSink): number;
  /** The last call that was taken. */
  readonly task: Task;
  /** CONSUME_SUCCESS, SUCCESS. @param ackIndex concurrent: place of the last message that is done, −1 none; those behind it are sent back. Infinity = all */
  consumed(consumer: number, task: number, ackIndex: number, meta: Meta, out: RocketConsumerSink): void;
  /** RECONSUME_LATER, an exception, or null. @param delayLevel 0 = one more with every retry; −1 = dead letter at once */
  reconsumeLater(consumer: number, task: number, delayLevel: number, meta: Meta, out: RocketConsumerSink): void;
  /** SUSPEND_CURRENT_QUEUE_A_MOMENT, an exception, or null. @param suspendMs −1 = the consumer's own setting; at least 10, at most 30 000 */
  suspendQueue(consumer: number, task: number, suspendMs: number, meta: Meta, out: RocketConsumerSink): void;
  /** Whether the answer to this call would still count: its queue is the client's still, and it has not timed out. */
  isCurrent(consumer: number, task: number): boolean;
  /** Stores the client's offsets now, as it does every five seconds. */
  persist(consumer: number, meta: Meta, out: RocketConsumerSink): void;

  /** Asks for messages by hand. `error` in place of an answer: RocketMQ's name. */
  pull(
    client: string,
    group: string,
    queue: number,
    offset: number,
    max: number,
    filter: Wanted,
    meta: Meta,
    out: RocketConsumerSink,
  ): PullAnswer | { readonly error: string };
  pullCommit(group: string, queue: number, offset: number, meta: Meta, out: RocketConsumerSink): string;

  /** @returns what the broker hands out, maybe nothing, or RocketMQ's name of the error */
  pop(request: PopRequest, meta: Meta, out: RocketConsumerSink): readonly Popped[] | { readonly error: string };
  ack(receipt: number, meta: Meta, out: RocketConsumerSink): string;
  /**
   * Invisible for so long from now on, also when it was acknowledged or has come back before: then it comes (once more).
   * @returns a new receipt, for which the old one counts no more; −1 when the broker does not have the message any more
   */
  changeInvisible(receipt: number, invisibleMs: number, meta: Meta, out: RocketConsumerSink): number;

  /** Running members, in no order. */
  membersOf(group: number): readonly RocketMember[];
  /** Of this client's id among those that run; −1 when there is none. */
  consumerNamed(group: number, clientId: string): number;

  /** Queues that the client reads, in no order. */
  allocation(consumer: number): readonly number[];
  /** All queues of its topics, by its own routes; null while it has heard of none for one of them, that of the retry topic included. */
  known(consumer: number): readonly number[] | null;
  /** Messages pulled and not given to the listener yet. */
  buffered(consumer: number): number;
  /** Calls of the listener that have not returned. */
  inHand(consumer: number): number;
  /** Copies that all clients together keep until their messages are done, those in listeners' hands too (beside the ones that `take` gave): for audits. */
  readonly copiesHeld: number;
  /** Smallest offset of the queue that the client has not finished: what it will store. −1 when it does not read the queue. */
  unfinished(consumer: number, queue: number): number;
  /** Orderly: the queue waits after a failure until then (virtual µs); 0 when it does not. */
  suspendedUntil(consumer: number, queue: number): number;

  /** A timer that the model asked for, from TIMERS_OF_CONSUMERS on. */
  timerFired(what: number, target: number, meta: Meta, out: RocketConsumerSink): void;
}
