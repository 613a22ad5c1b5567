import type { Table } from "../messages.ts";
import type { DiskState } from "./disk.ts";
import { Lane } from "./lane.ts";

export const CLASSIC = 0;
export const QUORUM = 1;
export const STREAM = 2;

export const DROP_HEAD = 0;
export const REJECT_PUBLISH = 1;
export const REJECT_PUBLISH_DLX = 2;

/** No consumer, no queue, no node. */
export const NOBODY = -1;

/** A queue of any type: one class with a small integer `type`, so that the hot path sees one shape. */
export class QueueState {
  readonly id: number;
  name: string;
  /** CLASSIC, QUORUM or STREAM. */
  readonly type: number;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** Connection that owns an exclusive queue, −1 = not exclusive. */
  readonly owner: number;
  arguments: Table;

  // ---- contents
  /** The only lane, or the lane of priority 0. */
  lane: Lane = new Lane();
  /** One lane a priority when the queue has several; `lanes[0]` is `lane`. */
  lanes: Lane[] | null = null;
  /** No lane above this one holds a message. */
  topLane = 0;
  ready = 0;
  readyBytes = 0;
  unacked = 0;
  /** Place of the message that was taken from the head last. */
  takenPlace = 0;

  // ---- settings in force: arguments and policy together
  /** µs, Infinity = none. */
  ttl: number = Number.POSITIVE_INFINITY;
  hasTtl = false;
  maxLength: number = Number.POSITIVE_INFINITY;
  maxBytes: number = Number.POSITIVE_INFINITY;
  /** Whether either limit is set. */
  limited = false;
  overflow = DROP_HEAD;
  deadLetterExchange: string | null = null;
  deadLetterKey: string | null = null;
  atLeastOnce = false;
  /** Returns after which a quorum queue gives a message up, −1 = no limit. */
  deliveryLimit = -1;
  /** µs, Infinity = never. */
  expires: number = Number.POSITIVE_INFINITY;
  singleActive = false;
  maxPriority = 0;
  /** Classic, 3.x: what waits is kept on disk only. */
  isLazy = false;
  /** µs a delivery may stay unacknowledged; Infinity = for ever. */
  consumerTimeout: number = Number.POSITIVE_INFINITY;
  /** Mirrors of a classic queue that a 3.x policy asks for; null = none. */
  mirrorsWanted: number | null = null;
  /** Policy in force, "" = none. */
  policy = "";
  /** Message kinds of dead letters by the kind that died; forgotten when the settings change. */
  deadKinds: Map<number, number> = new Map();

  /** It may refuse a publish, is down, or is a stream: the short way in is closed. */
  isUnusual = false;
  /** Nothing but its consumers decides what happens to a message in it: no limit, no time to live, no priorities. */
  isPlain = false;

  // ---- consumers
  /** Consumers in turn: highest x-priority first, turns among equals. A ring of ids from `rowStart`, `rowCount` long. */
  row: Int32Array = new Int32Array(4);
  rowStart = 0;
  rowCount = 0;
  /** All in the row have one priority, so that the end of the row is the end of each one's turn. */
  rowIsEven = true;
  /** How often a consumer was found without credit and left the row. */
  blockedCount = 0;
  /** In order of subscription. */
  consumers: number[] = [];
  hadConsumer = false;
  /** Single active consumer: the one that gets messages. */
  active = NOBODY;
  exclusiveConsumer = NOBODY;
  /** Quorum: some consumer is owed credit for deliveries that need no acknowledgement. */
  owesCredit = false;
  /** Quorum: who is counted as a consumer although it is none: cancelled ones and basic.gets with something unacknowledged. */
  lingering = 0;

  // ---- timers
  /** When the head's expiry timer is set for; Infinity = not set. */
  expiryTimer: number = Number.POSITIVE_INFINITY;
  /** Some message in the queue may have an expiry. */
  mayExpire = false;
  declaredAt = 0;
  /** Last time the queue was declared (a quorum queue: for the first time) or got from, for x-expires. */
  usedAt = 0;
  expiresTimer: number = Number.POSITIVE_INFINITY;

  // ---- quorum
  /** Channels that were told to stop publishing (reject-publish). */
  refusing: number[] = [];
  /** Channels that have published here, in order. */
  publishers: number[] = [];
  /** 4.x: how many high-priority messages were taken in a row. */
  highTaken = 0;
  /** Dead letters without a place to go (at-least-once), oldest first; the queue that refused each, −1 = no route. */
  stuck: number[] = [];
  stuckTarget: number[] = [];
  stuckBytes = 0;
  stuckTimer: number = Number.POSITIVE_INFINITY;
  /** Copies that arrived while no majority could write them, and their pending publishes. */
  unwritten: number[] = [];
  unwrittenRows: number[] = [];

  // ---- place in a cluster
  /** Home of a classic queue, leader of the others. */
  node: number;
  /** Nodes with a replica. */
  members: number[] = [];
  /** Nobody can read or write it now: node down, no majority, election under way. */
  isDown = false;
  electionTimer: number = Number.POSITIVE_INFINITY;

  // ---- disk
  /** null until something is written that takes time. */
  disk: DiskState | null = null;

  // ---- stream
  stream: StreamState | null = null;

  constructor(
    id: number,
    name: string,
    type: number,
    options: { durable: boolean; autoDelete: boolean; owner: number; arguments: Table; node: number },
  ) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.durable = options.durable;
    this.autoDelete = options.autoDelete;
    this.owner = options.owner;
    this.arguments = options.arguments;
    this.node = options.node;
  }
}

/** A stream's log. Offsets count from 0; `lane` holds what is kept, whose first message has offset `first`. */
export class StreamState {
  first = 0;
  /** Where the last chunk begins: what one command wrote together. */
  lastChunk = 0;
  /** Ticks since the declaration, and the messages that were there at the last one. */
  ticks = 0;
  counted = 0;
  /** Number of the command that wrote last. */
  lastCommand = -1;
  /** First offsets and bytes of the segments, oldest first; time of each one's newest message. */
  segmentFirst: number[] = [0];
  segmentBytes: number[] = [0];
  segmentTime: number[] = [0];
  segmentBytesMax = 500_000_000;
  /** µs; Infinity = no limit. */
  maxAge: number = Number.POSITIVE_INFINITY;

  constructor(now: number) {
    this.segmentTime[0] = now;
  }
}
