/** How a message is sent; `END` tells the end of a transaction. */
export const SYNC = 0;
export const ASYNC = 1;
export const ONEWAY = 2;
export const END = 3;
export type SendMode = typeof SYNC | typeof ASYNC | typeof ONEWAY;

/** Where a request is. */
export const FREE = 0;
/** On its way to the broker, or in its socket. */
export const OUTWARD = 1;
/** The broker has stored the message and waits for disk or slaves. */
export const PROMISED = 2;
/** The answer is on its way. */
export const HOMEWARD = 3;
/** It got lost, or its answer did (`isStored`): only its producer still knows it. */
export const GONE = 4;

/** A request of a producer, from the first attempt to the last answer. Used again: nothing is allocated for a message while others have come back. */
export class SendRequest {
  state = FREE;
  producer = -1;
  mode: number = SYNC;
  handle = -1;
  /** Handles of a batch, the first one's too; null for one message. */
  batch: number[] | null = null;
  topic = -1;
  queue = -1;
  tag = -1;
  /** Tags of a batch. */
  batchTags: number[] | null = null;
  /** The program chose the queue. */
  isFixed = false;
  waitStore = true;
  delayLevel = 0;
  /** ms from the broker's clock, −1 for none. */
  delayMs = -1;
  /** At any time, ms; −1 for no time. */
  deliverAtMs = -1;
  isHalf = false;
  /** ms that a half message is not asked for, −1 = as the broker is set. */
  immunityMs = -1;
  /** END: commits, else rolls back. */
  isCommit = false;
  /** END: serial number of the half message, for its handle may be another message's by then. */
  half = -1;
  /** From 1. */
  attempt = 0;
  /** When the first attempt began and when this one did, µs. */
  beganAt = 0;
  attemptAt = 0;
  /** When the producer stops waiting for this attempt, µs. */
  deadline = 0;
  /** When it arrives at the other end, µs. */
  arriveAt = 0;
  /** The producer does not wait any more. */
  isAbandoned = false;
  /** A broker answers for the handles now. */
  isStored = false;
  /** The broker has lost the message since, but will tell that it is stored. */
  isForgotten = false;
  /** Promised: place in the commit log, when the disk has it, when waiting for slaves ends, µs; copies that must have it, its own not counted. */
  position = 0;
  flushedAt = 0;
  slaveDeadline = 0;
  slaves = 0;
  isFlushLate = false;
  /** The answer. */
  status = 0;
  offset = -1;
  error = "";
  /** An answer that was not good enough, kept for the case that no other is better: its handle, −1 without one. */
  earlierHandle = -1;
  earlierQueue = -1;
  earlierOffset = -1;
  earlierStatus = 0;

  clear(): void {
    this.state = FREE;
    this.batch = null;
    this.batchTags = null;
    this.attempt = 0;
    this.isFixed = false;
    this.waitStore = true;
    this.delayLevel = 0;
    this.delayMs = -1;
    this.deliverAtMs = -1;
    this.isHalf = false;
    this.immunityMs = -1;
    this.isAbandoned = false;
    this.isStored = false;
    this.isForgotten = false;
    this.isFlushLate = false;
    this.error = "";
    this.offset = -1;
    this.earlierHandle = -1;
  }

  /** Goes on with what another request was about; that one is left to the broker. */
  takeOver(from: SendRequest): void {
    this.mode = from.mode;
    this.handle = from.handle;
    this.batch = from.batch;
    this.batchTags = from.batchTags;
    this.topic = from.topic;
    this.queue = from.queue;
    this.tag = from.tag;
    this.isFixed = from.isFixed;
    this.waitStore = from.waitStore;
    this.delayLevel = from.delayLevel;
    this.delayMs = from.delayMs;
    this.deliverAtMs = from.deliverAtMs;
    this.isHalf = from.isHalf;
    this.immunityMs = from.immunityMs;
    this.attempt = from.attempt;
    this.beganAt = from.beganAt;
    this.earlierHandle = from.earlierHandle;
    this.earlierQueue = from.earlierQueue;
    this.earlierOffset = from.earlierOffset;
    this.earlierStatus = from.earlierStatus;
  }

  /** The messages are with the request or its producer: no broker has them. */
  holdsMessages(): boolean {
    return this.mode !== END && !this.isStored;
  }

  /** Somebody waits for an answer. */
  isAwaited(): boolean {
    return this.mode < ONEWAY && !this.isAbandoned;
  }
}
