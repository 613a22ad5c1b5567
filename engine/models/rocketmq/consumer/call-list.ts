const FIRST_CAPACITY = 64;

/** Calls of a listener that wait for a thread: a queue used over and over, as columns. Numbers of process queues, places, counts. */
export class CallList {
  private queues: Int32Array = new Int32Array(FIRST_CAPACITY);
  private places: Float64Array = new Float64Array(FIRST_CAPACITY);
  private counts: Int32Array = new Int32Array(FIRST_CAPACITY);
  private mask = FIRST_CAPACITY - 1;
  private head = 0;
  length = 0;
  /** The call that was taken last. */
  queue = 0;
  place = 0;
  count = 0;

  push(queue: number, place: number, count: number): void {
    if (this.length > this.mask) this.grow();
    this.put((this.head + this.length++) & this.mask, queue, place, count);
  }

  /** To the front: the next one to be taken. */
  pushFirst(queue: number, place: number, count: number): void {
    if (this.length > this.mask) this.grow();
    this.head = (this.head + this.mask) & this.mask;
    this.length++;
    this.put(this.head, queue, place, count);
  }

  /** Takes the first into `queue`, `place`, `count`; the list is not empty. */
  take(): void {
    const at = this.head;
    this.queue = this.queues[at] as number;
    this.place = this.places[at] as number;
    this.count = this.counts[at] as number;
    this.head = (at + 1) & this.mask;
    this.length--;
  }

  clear(): void {
    this.length = 0;
  }

  private put(at: number, queue: number, place: number, count: number): void {
    this.queues[at] = queue;
    this.places[at] = place;
    this.counts[at] = count;
  }

  private grow(): void {
    const capacity = 2 * (this.mask + 1);
    const queues = new Int32Array(capacity);
    const places = new Float64Array(capacity);
    const counts = new Int32Array(capacity);
    for (let i = 0; i < this.length; i++) {
      const from = (this.head + i) & this.mask;
      queues[i] = this.queues[from] as number;
      places[i] = this.places[from] as number;
      counts[i] = this.counts[from] as number;
    }
    this.queues = queues;
    this.places = places;
    this.counts = counts;
    this.mask = capacity - 1;
    this.head = 0;
  }
}
