/** Batches of a producer that a partition remembers (semantics/kafka.md §3.3). */
const REMEMBERED = 5;

/** What a partition knows of one producer: its epoch, and its last batches by their sequence numbers. */
export class ProducerEntry {
  /** −1 while nothing is known. */
  epoch = -1;
  count = 0;
  /** First and last sequence number of the batches, oldest first. */
  firsts: Int32Array = new Int32Array(REMEMBERED);
  lasts: Int32Array = new Int32Array(REMEMBERED);
  /** Offsets of their first records. */
  bases: Float64Array = new Float64Array(REMEMBERED);

  /** Last sequence number, −1 when there is none. */
  lastSequence(): number {
    return this.count === 0 ? -1 : (this.lasts[this.count - 1] as number);
  }

  /** @returns where such a batch was stored, −1 when it is not remembered */
  find(epoch: number, first: number, last: number): number {
    if (epoch !== this.epoch) return -1;
    for (let i = 0; i < this.count; i++) if (this.firsts[i] === first && this.lasts[i] === last) return i;
    return -1;
  }

  add(epoch: number, first: number, last: number, base: number): void {
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.count = 0;
    }
    if (this.count === REMEMBERED) {
      this.firsts.copyWithin(0, 1);
      this.lasts.copyWithin(0, 1);
      this.bases.copyWithin(0, 1);
      this.count--;
    }
    this.firsts[this.count] = first;
    this.lasts[this.count] = last;
    this.bases[this.count] = base;
    this.count++;
  }

  /** A transaction's end: later batches have this epoch. */
  bump(epoch: number): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.count = 0;
  }

  /** The log was cut off at `offset`. */
  dropFrom(offset: number): void {
    while (this.count > 0 && (this.bases[this.count - 1] as number) >= offset) this.count--;
    if (this.count === 0) this.epoch = -1;
  }
}
