import type { StreamId } from "./stream-id.ts";

/** An entry of a stream, as it is looked at. */
export interface StreamEntry {
  readonly id: StreamId;
  readonly copy: number;
  /** All fields and values in turn, when they are not just `id` and the message. */
  readonly fields: readonly string[] | null;
}

const FIRST_CAPACITY = 16;

/** Entries in the order of their ids, as columns. Adding at the end and removing from the beginning cost the same however many there are. */
export class StreamLog {
  ms: Float64Array = new Float64Array(FIRST_CAPACITY);
  seq: Float64Array = new Float64Array(FIRST_CAPACITY);
  copy: Uint32Array = new Uint32Array(FIRST_CAPACITY);
  /** Of entries with other fields than `id`, by copy. */
  fields: Map<number, readonly string[]> = new Map();
  start = 0;
  length = 0;

  /** @returns undefined outside of 0 … length − 1 */
  at(index: number): StreamEntry | undefined {
    if (index < 0 || index >= this.length) return undefined;
    const copy = this.copyAt(index);
    return { id: this.idAt(index), copy, fields: this.fields.get(copy) ?? null };
  }

  idAt(index: number): StreamId {
    const place = this.start + index;
    return { ms: this.ms[place] as number, seq: this.seq[place] as number };
  }

  copyAt(index: number): number {
    return this.copy[this.start + index] as number;
  }

  first(): StreamEntry | undefined {
    return this.at(0);
  }

  last(): StreamEntry | undefined {
    return this.at(this.length - 1);
  }

  /** Entries from one index up to, not including, another. */
  slice(from: number, to: number): StreamEntry[] {
    const entries: StreamEntry[] = [];
    for (let i = from; i < to; i++) entries.push(this.at(i) as StreamEntry);
    return entries;
  }

  /** The id is greater than all that are there. */
  push({ id, copy, fields }: StreamEntry): void {
    const end = this.start + this.length;
    if (end === this.ms.length) {
      this.makeRoom();
      this.push({ id, copy, fields });
      return;
    }
    this.ms[end] = id.ms;
    this.seq[end] = id.seq;
    this.copy[end] = copy;
    if (fields !== null) this.fields.set(copy, fields);
    this.length++;
  }

  /** @returns the copy that was there */
  remove(index: number): number {
    const copy = this.copyAt(index);
    const place = this.start + index;
    const end = this.start + this.length;
    for (const column of [this.ms, this.seq, this.copy]) column.copyWithin(place, place + 1, end);
    this.length--;
    this.fields.delete(copy);
    return copy;
  }

  /** @returns the copies that were first */
  removeFirst(count: number): number[] {
    const copies: number[] = [];
    for (let i = 0; i < count; i++) copies.push(this.copyAt(i));
    for (const copy of this.fields.size === 0 ? [] : copies) this.fields.delete(copy);
    this.start += count;
    this.length -= count;
    return copies;
  }

  /** Index of the first entry whose id is not less. */
  indexOf(id: StreamId): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const place = this.start + middle;
      const ms = this.ms[place] as number;
      if (ms < id.ms || (ms === id.ms && (this.seq[place] as number) < id.seq)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index of the entry with this id, −1 when there is none. */
  find(id: StreamId): number {
    const index = this.indexOf(id);
    if (index === this.length) return -1;
    const found = this.idAt(index);
    return found.ms === id.ms && found.seq === id.seq ? index : -1;
  }

  /** What was removed from the beginning makes room when it is at least half; otherwise the columns double. */
  private makeRoom(): void {
    const { start, length } = this;
    const capacity = start * 2 >= this.ms.length ? this.ms.length : this.ms.length * 2;
    this.ms = moved(this.ms, new Float64Array(capacity), start, length);
    this.seq = moved(this.seq, new Float64Array(capacity), start, length);
    this.copy = moved(this.copy, new Uint32Array(capacity), start, length);
    this.start = 0;
  }
}

function moved<T extends Float64Array | Uint32Array>(from: T, to: T, start: number, length: number): T {
  to.set(from.subarray(start, start + length));
  return to;
}
