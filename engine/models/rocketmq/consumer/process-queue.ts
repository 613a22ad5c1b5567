import type { MessageStore } from "../../messages.ts";
import type { BrokerFilter } from "../seam.ts";

/** The next pull is made as soon as the one before has been dealt with; nothing waits. */
export const PULL_NOW = 0;
/** Waits at the broker for something new. */
export const PULL_PARKED = 1;
/** Made again at `pullAt`. */
export const PULL_LATER = 2;
/** Too much is at the client. */
export const PULL_THROTTLED = 3;
/** Nobody pulls any more. */
export const PULL_OVER = 4;

/** Of a message: waits for a thread. */
export const WAITS = 0;
/** In the listener. */
export const AT_WORK = 1;
export const DONE = 2;
/** Could not be sent back: given again at `since`. */
export const KEPT = 3;

const FIRST_CAPACITY = 32;

/**
 * A queue as one client has it: what it has pulled and not finished, in order, as columns over a ring. A message's *place* counts from the first one that was pulled and never
 * comes again; places `head … tail − 1` are there. Copies belong to it until the message is done.
 */
export class ProcessQueue {
  readonly number: number;
  readonly consumer: number;
  readonly queue: number;
  readonly topic: number;
  /** Name of its topic: what the client subscribed to. */
  readonly topicName: string;
  offsets: Float64Array = new Float64Array(FIRST_CAPACITY);
  copies: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** How often the message was retried before. */
  times: Int32Array = new Int32Array(FIRST_CAPACITY);
  states: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** When the listener got it, or, of a kept one, when it gets it again. */
  since: Float64Array = new Float64Array(FIRST_CAPACITY);
  private mask = FIRST_CAPACITY - 1;
  head = 0;
  tail = 0;
  /** Unfinished ones, and their bytes. */
  count = 0;
  bytes = 0;
  /** Ones that are not in the listener. */
  waiting = 0;
  /** Largest offset that ever was put in. */
  private lastOffset = -1;

  /** The client has given the queue up: what comes back from the listener does not count. */
  isDropped = false;
  /** What the client will store, −1 as long as it knows nothing. */
  memory = -1;

  /** Where the next pull begins. */
  next: number;
  pull = PULL_NOW;
  pullAt = 0;
  /** Of a parked pull: since when, with which filter, and how far the broker has looked without waking it. */
  parkedAt = 0;
  parkedFilter: BrokerFilter | null = null;
  lookedTo = 0;
  isWoken = false;
  isHoldTimerSet = false;
  isParkTimerSet = false;
  /** Since when too much is at the client. */
  throttledAt = 0;

  /** Orderly: somebody works on the queue, waits for a thread to do so, or for the end of a suspension. */
  isConsuming = false;
  /** Orderly: places before it are in the listener. */
  cursor = 0;
  isLocked = false;
  lockedAt = 0;
  /** Its start was asked for again under the lock. */
  wasLocked = false;
  suspendedUntil = 0;
  /** Since when one thread has gone on with the queue. */
  workedSince = 0;
  /** In the listener's hands. */
  inHand = 0;

  constructor(
    number: number,
    consumer: number,
    queue: number,
    topic: number,
    topicName: string,
    next: number,
    memory: number,
  ) {
    this.number = number;
    this.consumer = consumer;
    this.queue = queue;
    this.topic = topic;
    this.topicName = topicName;
    this.next = next;
    this.memory = memory;
  }

  /** Where a place stands in the columns. */
  at(place: number): number {
    return place & this.mask;
  }

  add(offset: number, copy: number, times: number, bytes: number): void {
    if (this.tail - this.head > this.mask) this.grow();
    const i = this.tail & this.mask;
    this.offsets[i] = offset;
    this.copies[i] = copy;
    this.times[i] = times;
    this.states[i] = WAITS;
    this.tail++;
    this.count++;
    this.waiting++;
    this.bytes += bytes;
    this.lastOffset = offset;
  }

  /** The message is done: its copy ends. Does nothing when it was done before. */
  finish(place: number, store: MessageStore): void {
    const i = place & this.mask;
    if (place < this.head || this.states[i] === DONE) return;
    if (this.states[i] !== AT_WORK) this.waiting--;
    this.states[i] = DONE;
    this.count--;
    const copy = this.copies[i] as number;
    this.bytes -= store.sizeOf(copy);
    store.free(copy);
    while (this.head < this.tail && this.states[this.head & this.mask] === DONE) this.head++;
  }

  isDone(place: number): boolean {
    return place < this.head || this.states[place & this.mask] === DONE;
  }

  /** Smallest offset that is not finished; behind everything that was pulled when all is. */
  smallestUnfinished(): number {
    return this.head < this.tail ? (this.offsets[this.head & this.mask] as number) : this.lastOffset + 1;
  }

  /** From the first unfinished to the last offset. */
  span(): number {
    return this.head < this.tail ? this.lastOffset - (this.offsets[this.head & this.mask] as number) : 0;
  }

  /** Every copy that is left ends. */
  clear(store: MessageStore): void {
    for (let place = this.head; place < this.tail; place++) {
      const i = place & this.mask;
      if (this.states[i] !== DONE) store.free(this.copies[i] as number);
      this.states[i] = DONE;
    }
    this.head = this.tail;
    this.count = 0;
    this.waiting = 0;
    this.bytes = 0;
  }

  private grow(): void {
    const before = this.mask + 1;
    const capacity = 2 * before;
    const mask = capacity - 1;
    const offsets = new Float64Array(capacity);
    const copies = new Int32Array(capacity);
    const times = new Int32Array(capacity);
    const states = new Uint8Array(capacity);
    const since = new Float64Array(capacity);
    for (let place = this.head; place < this.tail; place++) {
      const from = place & this.mask;
      const to = place & mask;
      offsets[to] = this.offsets[from] as number;
      copies[to] = this.copies[from] as number;
      times[to] = this.times[from] as number;
      states[to] = this.states[from] as number;
      since[to] = this.since[from] as number;
    }
    this.offsets = offsets;
    this.copies = copies;
    this.times = times;
    this.states = states;
    this.since = since;
    this.mask = mask;
  }
}
