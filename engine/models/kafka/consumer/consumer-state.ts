import type { Micros } from "../../../kernel/time.ts";
import type { Assignor } from "../groups/assignor.ts";
import type { AssignorName } from "../groups/assignors.ts";
import type { Group, Member } from "../groups/group.ts";
import { ReadBuffer } from "../read-buffer.ts";
import type { ConsumerConfig } from "./consumer-config.ts";

/** How a consumer comes to its partitions. */
export const KIND_NONE = 0;
export const KIND_MANUAL = 1;
export const KIND_GROUP = 2;

/** Where a member stands, as the client sees it. */
export const UNJOINED = 0;
/** Its JoinGroup waits for the others. */
export const JOINING = 1;
/** It waits for its partitions. */
export const SYNCING = 2;
export const STABLE = 3;

/** Where a position comes from while there is none. */
export const FROM_COMMIT = 0;
/** By `auto.offset.reset`, because nothing was committed. */
export const FROM_RESET = 1;
/** By `auto.offset.reset`, because the position was out of range. */
export const FROM_RANGE = 2;
export const FROM_BEGINNING = 3;
export const FROM_END = 4;

/** A partition that a consumer has. */
export class Holding {
  readonly consumer: ConsumerState;
  /** Another one when its topic was deleted and made again: clients know partitions by name and number. */
  partition: number;
  /** Something may have come since it was fetched last. */
  hasMore = true;
  /** Next offset to give out, −1 while it is not known. */
  position = -1;
  /** Leader epoch of the record before the position, −1 when that is not known. */
  epoch = -1;
  /** Leader epoch when the position was last compared with the log. */
  leaderEpoch = -1;
  /** Where the position comes from while it is −1. */
  source = FROM_COMMIT;
  isPaused = false;
  /** Fetched and not given out yet: rows from `cursor` on. Handles are the consumer's own copies. */
  readonly fetched: ReadBuffer = new ReadBuffer();
  cursor = 0;
  /** Offset at which the fetched rows go on; they are worth nothing once the position is elsewhere. */
  fetchedFrom = -1;

  constructor(consumer: ConsumerState, partition: number) {
    this.consumer = consumer;
    this.partition = partition;
  }

  /** Something was fetched that has not been given out, be it only the end behind the last record. */
  hasFetched(): boolean {
    return this.fetchedFrom >= 0;
  }
}

/** What a poll gives: records and their partitions. */
export class PollBatch extends ReadBuffer {
  partitions: Int32Array = new Int32Array(64);

  pushFrom(partition: number, offset: number, handle: number, key: number, flags: number): void {
    if (this.count === this.partitions.length) {
      const wider = new Int32Array(2 * this.partitions.length);
      wider.set(this.partitions);
      this.partitions = wider;
    }
    this.partitions[this.count] = partition;
    this.push(offset, handle, key, flags);
  }
}

/** A consumer: a client of its own, with what it knows, which is not always what is. */
export class ConsumerState {
  readonly number: number;
  readonly config: ConsumerConfig;
  readonly group: Group | null;
  kind = KIND_NONE;
  /** Topics of its subscription, by name. */
  topics: readonly string[] = [];
  /** Its partitions, the one that was read last at the end. */
  holdings: Holding[] = [];
  readonly batch: PollBatch = new PollBatch();
  /** What the last poll threw. */
  error = "";

  // As a member
  phase = UNJOINED;
  member: Member | null = null;
  generation = -1;
  mustRejoin = true;
  /** Before it joins it has partitions to give up. */
  mustPrepare = true;
  rejoinReason = 0;
  isLeader = false;
  /** The subscription that it joined with. */
  joinedTopics: readonly string[] | null = null;
  /** The leader: partitions of the group's topics as it counted them for the assignment. */
  counted: Map<string, number> | null = null;
  /** Topics that the leader watches for its group. */
  watched: readonly string[] = [];
  /** Kind of the coordinator's answer that waits for the next poll, −1 when there is none. */
  answer = -1;
  /** An error that its next poll throws. */
  heldError = "";
  readonly assignors: Map<AssignorName, Assignor> = new Map();
  /** Member id and generation that it shows to transactions: the last that it had, even if the group does not know it any more. */
  shownId = "";
  shownGeneration = -1;
  /** What it was assigned in that generation. */
  lastAssigned: readonly string[] = [];

  /** Until then a poll has nothing to do but to read, unless something sets it back. */
  quietUntil: Micros = Number.NEGATIVE_INFINITY;

  // What it knows of topics
  known: Map<string, number> = new Map();
  knownAt: Micros = Number.NEGATIVE_INFINITY;

  // Time
  /** Heartbeats come every `heartbeatMicros` from then on. */
  beatsFrom: Micros = 0;
  readonly heartbeatMicros: number;
  /** When it leaves the group unless it polls again; Infinity while it is no member or polls. */
  pollEnd: Micros = Number.POSITIVE_INFINITY;
  /** A timer is under way for that. */
  hasPollTimer = false;
  nextCommit: Micros;
  isPolling = false;
  /** It is in the list of those whose poll may go on. */
  isListed = false;
  /** Polls have given records since the last commit of positions. */
  isDirty = false;
  /** A timer for the next automatic commit is under way. */
  hasCommitTimer = false;
  isCut = false;
  isFrozen = false;

  constructor(number: number, config: ConsumerConfig, group: Group | null, heartbeatMicros: number, now: Micros) {
    this.number = number;
    this.config = config;
    this.group = group;
    this.heartbeatMicros = heartbeatMicros;
    this.nextCommit = now + config.autoCommitIntervalMs * 1000;
  }

  /** When the next heartbeat after `now` comes. */
  nextBeat(now: Micros): Micros {
    return this.beatsFrom + (Math.floor((now - this.beatsFrom) / this.heartbeatMicros) + 1) * this.heartbeatMicros;
  }

  /** When the last heartbeat up to `now` came. */
  lastBeat(now: Micros): Micros {
    return (
      this.beatsFrom + Math.max(0, Math.floor((now - this.beatsFrom) / this.heartbeatMicros)) * this.heartbeatMicros
    );
  }

  holding(partition: number): Holding | undefined {
    const { holdings } = this;
    for (let i = 0; i < holdings.length; i++) if (holdings[i]?.partition === partition) return holdings[i];
    return undefined;
  }
}

/** Something happened to the consumer: its next poll looks at everything. */
export function disturb(consumer: ConsumerState): void {
  consumer.quietUntil = Number.NEGATIVE_INFINITY;
}
