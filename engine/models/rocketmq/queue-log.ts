const FIRST_CAPACITY = 16;

/**
 * A topic's queue at one broker, as columns: messages in the order of their offsets, which have no gaps. Adding at the end and removing from the beginning cost the same
 * however many there are.
 */
export class QueueLog {
  handles: Int32Array = new Int32Array(FIRST_CAPACITY);
  tags: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Places in the broker's commit log. */
  positions: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** When each was stored, ms. */
  storedMs: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Reconsume times and the topic that listeners are told, only of a queue that has messages with such. */
  times: Int32Array = new Int32Array(0);
  topics: Int32Array = new Int32Array(0);
  hasOrigins = false;
  /** Place of the first message in the columns. */
  head = 0;
  count = 0;
  /** Offset of the first message. */
  min = 0;
  /** Offset behind the last one that readers see: the end, but for a broker with a pool of memory of its own. */
  max = 0;
  /** Offset that the next message will get. */
  end = 0;
  /** The queue's own topic. */
  readonly topic: number;

  constructor(topic: number) {
    this.topic = topic;
  }

  /** @param offset of a message that is there @returns its place in the columns */
  placeOf(offset: number): number {
    return this.head + (offset - this.min);
  }

  push(handle: number, tag: number, position: number, storedMs: number, times: number, topic: number): void {
    let at = this.head + this.count;
    if (at === this.handles.length) {
      this.makeRoom();
      at = this.head + this.count;
    }
    this.handles[at] = handle;
    this.tags[at] = tag;
    this.positions[at] = position;
    this.storedMs[at] = storedMs;
    if (!this.hasOrigins && (times !== 0 || topic !== this.topic)) this.keepOrigins();
    if (this.hasOrigins) {
      this.times[at] = times;
      this.topics[at] = topic;
    }
    this.count++;
    this.end++;
  }

  timesAt(place: number): number {
    return this.hasOrigins ? (this.times[place] as number) : 0;
  }

  topicAt(place: number): number {
    return this.hasOrigins ? (this.topics[place] as number) : this.topic;
  }

  /** First offset that was stored at this time or later; `max` when there is none. */
  offsetForTime(timeMs: number): number {
    let low = this.min;
    let high = this.max;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.storedMs[this.placeOf(middle)] as number) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First offset whose place in the commit log is not before `position`; `end` when there is none. */
  offsetAtPosition(position: number): number {
    let low = this.min;
    let high = this.end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.positions[this.placeOf(middle)] as number) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Forgets the first one. Whoever held its handle was told before. */
  dropFirst(): void {
    this.head++;
    this.count--;
    this.min++;
    if (this.max < this.min) this.max = this.min;
  }

  /** Forgets the last one, whose offset will be given again. */
  dropLast(): void {
    this.count--;
    this.end--;
    if (this.max > this.end) this.max = this.end;
  }

  /** As new: nothing, from 0 on. */
  reset(): void {
    this.head = 0;
    this.count = 0;
    this.min = 0;
    this.max = 0;
    this.end = 0;
  }

  private keepOrigins(): void {
    this.hasOrigins = true;
    this.times = new Int32Array(this.handles.length);
    this.topics = new Int32Array(this.handles.length).fill(this.topic);
  }

  /** What was removed from the beginning makes room when it is at least half; otherwise the columns double. */
  private makeRoom(): void {
    const { head, count } = this;
    const capacity = head * 2 >= this.handles.length ? this.handles.length : this.handles.length * 2;
    this.handles = moved(this.handles, new Int32Array(capacity), head, count);
    this.tags = moved(this.tags, new Int32Array(capacity), head, count);
    this.positions = moved(this.positions, new Float64Array(capacity), head, count);
    this.storedMs = moved(this.storedMs, new Float64Array(capacity), head, count);
    if (this.hasOrigins) {
      this.times = moved(this.times, new Int32Array(capacity), head, count);
      this.topics = moved(this.topics, new Int32Array(capacity), head, count);
    }
    this.head = 0;
  }
}

function moved<T extends Int32Array | Float64Array>(from: T, to: T, head: number, count: number): T {
  to.set(from.subarray(head, head + count));
  return to;
}
