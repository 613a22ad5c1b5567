const FIRST_CAPACITY = 64;

/** What a read showed, over and over in the same columns: no object a message. Valid until the next read into it. */
export class QueueBuffer {
  count = 0;
  /** The queue's own handles: clone what is needed for longer. */
  handles: Int32Array = new Int32Array(FIRST_CAPACITY);
  offsets: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** The tag's number, −1 for none. */
  tags: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** How often the message was given to a listener of its group before. */
  times: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The topic that a listener is told: where the message was sent to, also in a retry queue. */
  topics: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The queue in which each stands: the one asked, but of any with `pop`. */
  queues: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Where to read on. */
  next = 0;
  /** The queue's first and next offset at that moment. */
  min = 0;
  max = 0;
  /** Of a pop: its moment, part of every message's handle for acknowledging. */
  popTime = 0;

  clear(): void {
    this.count = 0;
  }

  add(handle: number, offset: number, tag: number, times: number, topic: number, queue: number): void {
    const at = this.count;
    if (at === this.handles.length) this.grow();
    this.handles[at] = handle;
    this.offsets[at] = offset;
    this.tags[at] = tag;
    this.times[at] = times;
    this.topics[at] = topic;
    this.queues[at] = queue;
    this.count = at + 1;
  }

  private grow(): void {
    const capacity = 2 * this.handles.length;
    const offsets = new Float64Array(capacity);
    offsets.set(this.offsets);
    this.offsets = offsets;
    this.handles = wider(this.handles, capacity);
    this.tags = wider(this.tags, capacity);
    this.times = wider(this.times, capacity);
    this.topics = wider(this.topics, capacity);
    this.queues = wider(this.queues, capacity);
  }
}

function wider(from: Int32Array, capacity: number): Int32Array {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}
