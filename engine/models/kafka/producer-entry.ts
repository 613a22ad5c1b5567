/** Batches of a producer that a partition remembers (semantics/kafka.md §3.3). */
const REMEMBERED = 5;

/** What a partition knows of one producer: its epoch, and its last batches by their sequence numbers. */
export class ProducerEntry {
  /** −1 while nothing is known. */
  epoch = -1;
  count = 0;
  /** Place of the oldest. */
  private head = 0;
  /** First and last sequence number of the batches, and the offsets of their first records: rings. */
  private readonly firsts = new Int32Array(REMEMBERED);
  private readonly lasts = new Int32Array(REMEMBERED);
  private readonly bases = new Float64Array(REMEMBERED);

  private place(index: number): number {
    const place = this.head + index;
    return place < REMEMBERED ? place : place - REMEMBERED;
  }

  /** Last sequence number, −1 when there is none. */
  lastSequence(): number {
    return this.count === 0 ? -1 : (this.lasts[this.place(this.count - 1)] as number);
  }

  /** @returns offset at which such a batch was stored, −1 when it is not remembered */
  baseOf(epoch: number, first: number, last: number): number {
    if (epoch !== this.epoch) return -1;
    for (let i = 0; i < this.count; i++) {
      const place = this.place(i);
      if (this.firsts[place] === first && this.lasts[place] === last) return this.bases[place] as number;
    }
    return -1;
  }

  add(epoch: number, first: number, last: number, base: number): void {
    this.bump(epoch);
    if (this.count === REMEMBERED) this.head = this.place(1);
    else this.count++;
    const place = this.place(this.count - 1);
    this.firsts[place] = first;
    this.lasts[place] = last;
    this.bases[place] = base;
  }

  /** Later batches have this epoch; with another one nothing is remembered. */
  bump(epoch: number): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.count = 0;
  }

  /** The log was cut off at `offset`. */
  dropFrom(offset: number): void {
    while (this.count > 0 && (this.bases[this.place(this.count - 1)] as number) >= offset) this.count--;
    if (this.count === 0) this.epoch = -1;
  }
}
