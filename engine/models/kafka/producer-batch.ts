import { BATCH_BYTES, recordBytes } from "./sizes.ts";

const FIRST_CAPACITY = 16;

/** Records of one producer for one partition that are sent, stored and answered together. Used again when it is done, so that sending allocates nothing. */
export class ProducerBatch {
  partition = -1;
  /** Virtual µs. */
  createdAt = 0;
  attempts = 0;
  lastAttemptAt = 0;
  count = 0;
  handles: Int32Array = new Int32Array(FIRST_CAPACITY);
  keys: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Bytes of the records. */
  sizes: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** `TOMBSTONE` */
  flags: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  times: Float64Array = new Float64Array(FIRST_CAPACITY);
  bytes = BATCH_BYTES;
  /** What it may take in all. */
  limit = 0;
  /** No record comes into it any more. */
  isClosed = false;
  /** First sequence number, −1 as long as it has none. */
  sequence = -1;
  producerId = -1;
  epoch = -1;
  isTransactional = false;
  /** Part of one that was too large. */
  isSplit = false;
  /** Its handles are in the log. */
  isStored = false;
  /** Counted in the partition's `unanswered`. */
  isUnanswered = false;
  /** It is part of a request. */
  isInFlight = false;
  /** Its records have failed while the request was under way. */
  isDone = false;
  /** The broker's answer: offset of the first record, or an error. */
  base = -1;
  error = "";

  begin(partition: number, now: number, limit: number): void {
    this.partition = partition;
    this.createdAt = now;
    this.limit = limit;
    this.attempts = 0;
    this.lastAttemptAt = now;
    this.count = 0;
    this.bytes = BATCH_BYTES;
    this.isClosed = false;
    this.sequence = -1;
    this.producerId = -1;
    this.epoch = -1;
    this.isTransactional = false;
    this.isSplit = false;
    this.isStored = false;
    this.isUnanswered = false;
    this.isInFlight = false;
    this.isDone = false;
    this.base = -1;
    this.error = "";
  }

  /** Bytes that a record would take here. */
  bytesFor(payload: number, timeMs: number): number {
    const first = this.count === 0 ? timeMs : (this.times[0] as number);
    return recordBytes(payload, timeMs - first, this.count);
  }

  hasRoomFor(bytes: number): boolean {
    return this.isFull() === false && (this.count === 0 || this.bytes + bytes <= this.limit);
  }

  isFull(): boolean {
    return this.isClosed || (this.count > 0 && this.bytes >= this.limit);
  }

  add(handle: number, key: number, flags: number, timeMs: number, bytes: number): void {
    const at = this.count;
    if (at === this.handles.length) this.grow();
    this.handles[at] = handle;
    this.keys[at] = key;
    this.sizes[at] = bytes;
    this.flags[at] = flags;
    this.times[at] = timeMs;
    this.bytes += bytes;
    this.count = at + 1;
  }

  private grow(): void {
    const capacity = 2 * this.handles.length;
    const wider = <T extends Int32Array | Uint8Array | Float64Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.handles = wider(this.handles, new Int32Array(capacity));
    this.keys = wider(this.keys, new Int32Array(capacity));
    this.sizes = wider(this.sizes, new Int32Array(capacity));
    this.flags = wider(this.flags, new Uint8Array(capacity));
    this.times = wider(this.times, new Float64Array(capacity));
  }
}
