import { NO_KEY } from "./keys.ts";
import { TOMBSTONE } from "./read-buffer.ts";
import { BATCH_BYTES } from "./sizes.ts";

/** Bits of `PartitionLog.flags`; the lowest is `TOMBSTONE`. */
export const CONTROL = 2;
export const TRANSACTIONAL = 4;
/** Of a transaction that was aborted. */
export const ABORTED = 8;
/** First of its batch: the batch's header goes with it. */
export const FIRST = 16;
/** A marker that commits. */
export const COMMIT = 32;
export { TOMBSTONE };

/** No message: what a marker has. */
const NO_HANDLE = -1;

/** A stretch of the log that is deleted as a whole. */
export interface Segment {
  readonly base: number;
  bytes: number;
  /** Timestamp of the first batch's last record: what `segment.ms` is measured from. −1 while empty. */
  firstMs: number;
  /** Largest timestamp, −1 while empty. */
  largestMs: number;
  /** When it was last written to, virtual ms: what counts for an empty one. */
  modifiedMs: number;
}

const FIRST_CAPACITY = 64;

/**
 * The log of a partition, as its leader has it: records in the order of their offsets, as columns. Offsets have no gaps but where compaction left some (`offsets` is
 * empty until then). Adding at the end and removing from the beginning cost the same however many there are.
 */
export class PartitionLog {
  handles: Int32Array = new Int32Array(FIRST_CAPACITY);
  keys: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Bytes of the record without its batch's header. */
  sizes: Int32Array = new Int32Array(FIRST_CAPACITY);
  flags: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** Timestamps, ms. */
  times: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Offsets, only of a log with gaps. */
  offsets: Float64Array = new Float64Array(0);
  isSparse = false;
  /** Place of the first record in the columns. */
  head = 0;
  count = 0;
  /** Offset of the first record of a log without gaps. */
  first = 0;
  /** First offset that readers may ask for. */
  start = 0;
  /** Offset that the next record will get. */
  end = 0;
  segments: Segment[] = [newSegment(0, 0)];
  /** Up to where the cleaner has come. */
  cleanedTo = 0;
  /** When a tombstone or marker that the cleaner has met may go, ms, by offset. */
  horizons: Map<number, number> = new Map();

  /** Place of the first record that is not before `offset`; `head + count` when there is none. */
  placeOf(offset: number): number {
    if (this.isSparse === false) {
      const place = offset - this.first;
      return this.head + (place < 0 ? 0 : place > this.count ? this.count : place);
    }
    const { offsets } = this;
    let low = this.head;
    let high = this.head + this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  offsetAt(place: number): number {
    return this.isSparse === false ? this.first + place - this.head : (this.offsets[place] as number);
  }

  /** The record gets the next offset. */
  push(handle: number, key: number, bytes: number, flags: number, timeMs: number): void {
    let at = this.head + this.count;
    if (at === this.handles.length) {
      this.makeRoom();
      at = this.head + this.count;
    }
    if (this.count === 0 && this.isSparse === false) this.first = this.end;
    this.handles[at] = handle;
    this.keys[at] = key;
    this.sizes[at] = bytes;
    this.flags[at] = flags;
    this.times[at] = timeMs;
    if (this.isSparse === true) this.offsets[at] = this.end;
    this.count++;
    this.end++;
  }

  pushMarker(isCommit: boolean, bytes: number, timeMs: number): void {
    this.push(NO_HANDLE, NO_KEY, bytes, CONTROL | TRANSACTIONAL | FIRST | (isCommit ? COMMIT : 0), timeMs);
  }

  /** Bytes of a record, its batch's header with the first one. */
  bytesAt(place: number): number {
    return (this.sizes[place] as number) + (((this.flags[place] as number) & FIRST) !== 0 ? BATCH_BYTES : 0);
  }

  /** Forgets the records before `offset`, which is now the first that may be asked for. Whoever held their handles was told before. */
  dropBefore(offset: number): void {
    const place = this.placeOf(offset);
    const dropped = place - this.head;
    if (this.isSparse === false) this.first += dropped;
    this.head = place;
    this.count -= dropped;
    if (offset > this.start) this.start = offset;
    if (this.horizons.size > 0) {
      for (const at of [...this.horizons.keys()]) if (at < offset) this.horizons.delete(at);
    }
  }

  /** Forgets the records from `offset` on, which is now the end. */
  dropFrom(offset: number): void {
    let bytes = 0;
    const place = this.placeOf(offset);
    const last = this.head + this.count;
    while (this.segments.length > 1 && (this.segments.at(-1) as Segment).base >= offset) {
      bytes += (this.segments.pop() as Segment).bytes;
    }
    let dropped = 0;
    for (let i = place; i < last; i++) dropped += this.bytesAt(i);
    const active = this.active();
    active.bytes = Math.max(0, active.bytes - Math.max(0, dropped - bytes));
    this.count = place - this.head;
    this.end = offset;
    if (this.start > offset) this.start = offset;
    if (this.cleanedTo > offset) this.cleanedTo = offset;
    for (const at of [...this.horizons.keys()]) if (at >= offset) this.horizons.delete(at);
    active.largestMs = -1;
    for (let i = this.placeOf(active.base); i < place; i++) {
      active.largestMs = Math.max(active.largestMs, this.times[i] as number);
    }
    if (active.largestMs < 0) active.firstMs = -1;
  }

  active(): Segment {
    return this.segments[this.segments.length - 1] as Segment;
  }

  /** Bytes of all segments. */
  bytes(): number {
    let bytes = 0;
    for (const segment of this.segments) bytes += segment.bytes;
    return bytes;
  }

  /** Begins a new active segment at the end. */
  roll(nowMs: number): void {
    this.segments.push(newSegment(this.end, nowMs));
  }

  /** From now on offsets are kept one by one, because some will be missing. */
  becomeSparse(): void {
    if (this.isSparse === true) return;
    this.offsets = new Float64Array(this.handles.length);
    for (let i = 0; i < this.count; i++) this.offsets[this.head + i] = this.first + i;
    this.isSparse = true;
  }

  /** What was removed from the beginning makes room when it is at least half; otherwise the columns double. */
  private makeRoom(): void {
    const { head, count } = this;
    const capacity = head * 2 >= this.handles.length ? this.handles.length : this.handles.length * 2;
    this.handles = moved(this.handles, new Int32Array(capacity), head, count);
    this.keys = moved(this.keys, new Int32Array(capacity), head, count);
    this.sizes = moved(this.sizes, new Int32Array(capacity), head, count);
    this.flags = moved(this.flags, new Uint8Array(capacity), head, count);
    this.times = moved(this.times, new Float64Array(capacity), head, count);
    if (this.isSparse === true) this.offsets = moved(this.offsets, new Float64Array(capacity), head, count);
    this.head = 0;
  }
}

export function newSegment(base: number, nowMs: number): Segment {
  return { base, bytes: 0, firstMs: -1, largestMs: -1, modifiedMs: nowMs };
}

function moved<T extends Int32Array | Uint8Array | Float64Array>(from: T, to: T, head: number, count: number): T {
  to.set(from.subarray(head, head + count));
  return to;
}
