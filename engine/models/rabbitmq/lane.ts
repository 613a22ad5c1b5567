const FIRST_CAPACITY = 16;
/** An empty lane lets go of a ring larger than this. */
const KEPT_CAPACITY = 65_536;
/** A ring as large as this moves into a wider one so many times a stretch whenever a stretch has been pushed, while its last part is still free. */
const LARGE = 262_144;
const STRETCH = 4096;
const STRETCHES = 32;

/**
 * Ready messages of one queue at one priority, head to tail: a ring of what was never delivered, and before it what came back.
 *
 * Places are consecutive: the n-th message pushed has place n, as a 32-bit integer. Whatever came back was taken from the head, so its place lies before that of everything
 * in the ring, and "back to the original position" means sorted by place within the returned part. Places wrap; two that are compared are never 2³¹ apart.
 */
export class Lane {
  ring: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** A push that finds so many in the ring is more than a push: a stretch moves into a wider ring, or the last of it does. */
  limit = FIRST_CAPACITY;
  /** The wider ring that is being filled; places before `moved` are in it. */
  wider: Int32Array | null = null;
  moved = 0;
  /** Places of the first message in the ring and of the next one to come. */
  head = 0;
  tail = 0;
  /** What came back: handles and places in order, from `backStart`, `backCount` long. */
  back: Int32Array = new Int32Array(0);
  backPlace: Int32Array = new Int32Array(0);
  backStart = 0;
  backCount = 0;
  /** Place of the message that `take` returned last. */
  takenPlace = 0;

  get count(): number {
    return ((this.tail - this.head) | 0) + this.backCount;
  }

  /** @returns the place of the message */
  push(handle: number): number {
    const place = this.tail;
    if (((place - this.head) | 0) === this.limit) this.growRing();
    this.ring[place & (this.ring.length - 1)] = handle;
    this.tail = (place + 1) | 0;
    return place;
  }

  /** A place for a message that is delivered without ever being ready. Only for an empty lane. */
  passBy(): number {
    const place = this.tail;
    const next = (place + 1) | 0;
    this.tail = next;
    this.head = next;
    return place;
  }

  /** The handle at the head; the lane is not empty. */
  first(): number {
    if (this.backCount > 0) return this.back[this.backStart] as number;
    return this.ring[this.head & (this.ring.length - 1)] as number;
  }

  /** Takes the head; the lane is not empty. Its place is in `takenPlace`. */
  take(): number {
    if (this.backCount > 0) {
      const at = this.backStart;
      this.takenPlace = this.backPlace[at] as number;
      this.backCount--;
      this.backStart = this.backCount === 0 ? 0 : at + 1;
      return this.back[at] as number;
    }
    const place = this.head;
    this.takenPlace = place;
    this.head = (place + 1) | 0;
    const handle = this.ring[place & (this.ring.length - 1)] as number;
    if (this.head === this.tail && this.ring.length > KEPT_CAPACITY) this.startRing(new Int32Array(FIRST_CAPACITY));
    return handle;
  }

  /** Back to the original position. */
  restore(handle: number, place: number): void {
    let low = 0;
    let high = this.backCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((((this.backPlace[this.backStart + middle] as number) - place) | 0) < 0) low = middle + 1;
      else high = middle;
    }
    this.insertBack(low, handle, place);
  }

  /** Back to the front, behind what came back before. */
  restoreBehindReturned(handle: number): void {
    this.insertBack(this.backCount, handle, 0);
  }

  /** The i-th message from the head, 0 ≤ i < count. */
  at(i: number): number {
    if (i < this.backCount) return this.back[this.backStart + i] as number;
    return this.ring[(this.head + i - this.backCount) & (this.ring.length - 1)] as number;
  }

  /** All, head first. */
  copies(): number[] {
    const copies: number[] = [];
    for (let i = 0; i < this.count; i++) copies.push(this.at(i));
    return copies;
  }

  clear(): void {
    this.head = this.tail;
    this.backStart = 0;
    this.backCount = 0;
    if (this.ring.length > KEPT_CAPACITY) this.startRing(new Int32Array(FIRST_CAPACITY));
  }

  /** Moves whichever side of the gap is shorter, so that a return near either end is cheap in a long list. */
  private insertBack(index: number, handle: number, place: number): void {
    const { backCount } = this;
    const beforeIsShorter = index < backCount >> 1;
    if (beforeIsShorter ? this.backStart === 0 : this.backStart + backCount === this.back.length) {
      this.makeRoom(beforeIsShorter);
    }
    const start = this.backStart;
    if (beforeIsShorter) {
      this.back.copyWithin(start - 1, start, start + index);
      this.backPlace.copyWithin(start - 1, start, start + index);
      this.backStart = start - 1;
    } else {
      this.back.copyWithin(start + index + 1, start + index, start + backCount);
      this.backPlace.copyWithin(start + index + 1, start + index, start + backCount);
    }
    this.back[this.backStart + index] = handle;
    this.backPlace[this.backStart + index] = place;
    this.backCount = backCount + 1;
  }

  private makeRoom(inFront: boolean): void {
    const { backStart, backCount } = this;
    // At least half of the room is free afterwards, so that the copying is paid by as many inserts.
    const capacity = Math.max(
      FIRST_CAPACITY,
      backCount * 2 > this.back.length ? this.back.length * 2 : this.back.length,
    );
    const start = inFront ? (capacity - backCount) >> 1 || 1 : 0;
    const handles = new Int32Array(capacity + 1);
    const places = new Int32Array(capacity + 1);
    handles.set(this.back.subarray(backStart, backStart + backCount), start);
    places.set(this.backPlace.subarray(backStart, backStart + backCount), start);
    this.back = handles;
    this.backPlace = places;
    this.backStart = start;
  }

  /** There is room for another one. */
  growRing(): void {
    const { length } = this.ring;
    if (this.wider === null) this.moved = this.head;
    this.wider ??= new Int32Array(length * 2);
    // What was moved and is gone does no harm: its slot is written again before it is read.
    if (((this.moved - this.head) | 0) < 0) this.moved = this.head;
    const isLast = this.limit === length;
    const left = (this.tail - this.moved) | 0;
    const end = (this.moved + (isLast ? left : Math.min(left, STRETCHES * STRETCH))) | 0;
    // In pieces that end where either ring begins again, which is where the smaller one does.
    while (this.moved !== end) {
      const from = this.moved & (length - 1);
      const count = Math.min((end - this.moved) | 0, length - from);
      this.wider.set(this.ring.subarray(from, from + count), this.moved & (2 * length - 1));
      this.moved = (this.moved + count) | 0;
    }
    if (isLast) this.startRing(this.wider);
    else this.limit = Math.min(length, this.limit + STRETCH);
  }

  private startRing(ring: Int32Array): void {
    this.ring = ring;
    this.limit = ring.length < LARGE ? ring.length : ring.length - ring.length / STRETCHES;
    this.wider = null;
  }
}
