import type { Settling } from "./answers.ts";
import { NOBODY } from "./queue-state.ts";
import type { Route } from "./routing.ts";
import { Unacked } from "./unacked.ts";

/** Where a consumer stands with its queue. NOWHERE is out of the row for want of credit, or gone. */
export const NOWHERE = 0;
export const IN_ROW = 1;
export const BLOCKED = 2;

/** More than any channel can deliver: no prefetch limit. */
export const UNLIMITED = 0x3fffffff;

export class ConsumerState {
  readonly id: number;
  readonly tag: string;
  readonly channel: number;
  /** Queue id; −1 = direct reply-to. */
  readonly queue: number;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** Deliveries it may have unacknowledged; UNLIMITED = no limit. */
  readonly prefetch: number;
  /** How many more it may get now. */
  credit: number;
  unacked = 0;
  /** Quorum, without acknowledgement: deliveries whose credit comes back once the client's channel has them. */
  owed = 0;
  /** NOWHERE, IN_ROW or BLOCKED; the latter since when, counted by the queue. */
  place = NOWHERE;
  blockedSince = 0;
  /** The channel's common limit concerns it. */
  isShared = false;
  cancelled = false;
  /** Quorum 4.x: a higher one is to take over as soon as everything is settled. */
  fading = false;
  /** Stream: the next offset to read. */
  offset = 0;

  constructor(
    id: number,
    tag: string,
    channel: number,
    queue: number,
    options: { noAck: boolean; exclusive: boolean; priority: number; prefetch: number },
  ) {
    this.id = id;
    this.tag = tag;
    this.channel = channel;
    this.queue = queue;
    this.noAck = options.noAck;
    this.exclusive = options.exclusive;
    this.priority = options.priority;
    this.prefetch = options.prefetch;
    this.credit = options.prefetch;
  }
}

/** What a transaction holds back. */
export class TransactionState {
  /** Publishes, where each was routed, and the names of those queues; null = the default exchange is asked again. */
  copies: number[] = [];
  routes: Route[] = [];
  names: (readonly string[] | null)[] = [];
  /** Answers in their order: ACK, REQUEUE or REJECT, and the deliveries. */
  answers: { readonly what: number; readonly entries: readonly Settling[] }[] = [];
}

export class ChannelState {
  readonly id: number;
  readonly connection: number;
  open = true;
  /** In a transaction, or its user may not do everything: publishes take the long way. */
  isCareful = false;
  /** What its user was allowed lately, newest first. */
  permitted: string[] = [];
  unacked: Unacked = new Unacked();
  /** Ids of its consumers, in order of subscription. */
  consumers: number[] = [];
  /** Of consumers to come (basic.qos, global false); 0 = no limit. */
  prefetch = 0;
  /** Of all consumers together (global true); 0 = no limit. */
  globalPrefetch = 0;
  /** Unacknowledged deliveries to consumers, while there is a common limit; basic.get does not count. */
  globalUnacked = 0;
  /** Queues in which a consumer was found out of the channel's credit. */
  waitingQueues: number[] = [];
  /** Next publish number, 0 = no confirms. */
  confirmSequence = 0;
  transaction: TransactionState | null = null;
  /** A queue refused a publish of the commit under way. */
  isRefused = false;
  /** Queue last declared, what an empty queue name means. */
  lastQueue = "";
  /** Consumer of the reply pseudo-queue. */
  replyConsumer = NOBODY;
  /** For the consumer timeout: when ticks were, and the next delivery tag at each. */
  tickTimes: number[] = [];
  tickTags: number[] = [];
  ticking = false;
  /** Timeouts apply to it: a queue that it consumes or gets from has one. */
  consumerTimeout: number = Number.POSITIVE_INFINITY;

  constructor(id: number, connection: number) {
    this.id = id;
    this.connection = connection;
  }
}

/** A command that waits in the socket of a blocked connection. */
export type Held =
  | { what: "publish"; channel: number; exchange: number; copy: number }
  | { what: "ack"; channel: number; tag: number; multiple: boolean }
  | { what: "nack"; channel: number; tag: number; multiple: boolean; requeue: boolean };

export class ConnectionState {
  readonly id: number;
  readonly user: string;
  readonly node: number;
  open = true;
  /** Channel ids, in order of opening. */
  channels: number[] = [];
  /** Exclusive queues. */
  queues: number[] = [];
  /** It published during an alarm: nothing is read from its socket until the alarm ends. */
  blocked = false;
  /** Its client is gone; the broker, which reads nothing, does not know yet. */
  isLeft = false;
  held: Held[] = [];

  constructor(id: number, user: string, node: number) {
    this.id = id;
    this.user = user;
    this.node = node;
  }
}
