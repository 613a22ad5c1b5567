/** In place of a handle: there is nothing unsettled under this tag. */
export const UNKNOWN = -1;
/** In place of a handle: the message went with its queue; settling it is no error and does nothing. */
export const GONE = -2;

const FIRST_CAPACITY = 16;
/** Numbers to a delivery: handle, queue, consumer (−1 = basic.get), place of the message in its lane. */
const WIDTH = 4;
const HANDLE = 0;
const QUEUE = 1;
const CONSUMER = 2;
const PLACE = 3;

/** One unsettled delivery, for those who look at many. */
export interface Held {
  readonly copy: number;
  readonly consumer: number;
  readonly place: number;
}

/**
 * What a channel has delivered and not settled, by delivery tag: a ring of rows. A tag settled long after its neighbours would keep the ring long; such stragglers move to a
 * short sorted list, so that memory follows the number of unsettled deliveries and not the distance between them.
 */
export class Unacked {
  /** Smallest tag in the ring, and the next tag to be given. Tags count from 1. */
  base = 1;
  next = 1;
  /** Unsettled deliveries in all. */
  live = 0;
  rows: Int32Array = new Int32Array(FIRST_CAPACITY * WIDTH).fill(UNKNOWN);
  /** Tags that fit into the ring, less one. */
  mask: number = FIRST_CAPACITY - 1;
  /** Stragglers in the order of their tags: tag and row, five numbers each; a settled one has UNKNOWN until the list is swept. */
  old: number[] = [];
  oldLive = 0;
  /** What `take` found. */
  takenQueue = 0;
  takenConsumer = 0;
  takenPlace = 0;

  /** Notes a delivery. @returns its tag */
  add(handle: number, queue: number, consumer: number, place: number): number {
    const tag = this.next;
    if (tag - this.base > this.mask) this.makeRoom();
    const { rows } = this;
    const at = (tag & this.mask) * WIDTH;
    rows[at] = handle;
    rows[at + QUEUE] = queue;
    rows[at + CONSUMER] = consumer;
    rows[at + PLACE] = place;
    this.next = tag + 1;
    this.live++;
    return tag;
  }

  /** Counts a delivery that needs no acknowledgement. @returns its tag */
  skip(): number {
    const tag = this.next;
    if (this.live === this.oldLive) this.base = tag + 1;
    else if (tag - this.base > this.mask) this.makeRoom();
    this.next = tag + 1;
    return tag;
  }

  /** Settles a delivery. @returns its handle, GONE or UNKNOWN; the rest of the row is in `taken…` */
  take(tag: number): number {
    if (tag < this.base) return this.takeOld(tag);
    if (!(tag < this.next)) return UNKNOWN;
    const { rows, mask } = this;
    const at = (tag & mask) * WIDTH;
    const handle = rows[at] as number;
    if (handle === UNKNOWN) return UNKNOWN;
    rows[at] = UNKNOWN;
    this.takenQueue = rows[at + QUEUE] as number;
    this.takenConsumer = rows[at + CONSUMER] as number;
    this.takenPlace = rows[at + PLACE] as number;
    this.live--;
    if (tag === this.base) {
      const { next } = this;
      let base = tag + 1;
      while (base < next && rows[(base & mask) * WIDTH] === UNKNOWN) base++;
      this.base = base;
    }
    return handle;
  }

  /** The consumer that has this delivery unsettled in the ring; −1 for everything else: a basic.get, a straggler, what is gone or unknown. */
  consumerOf(tag: number): number {
    if (tag < this.base || tag >= this.next) return UNKNOWN;
    const at = (tag & this.mask) * WIDTH;
    return (this.rows[at] as number) < 0 ? UNKNOWN : (this.rows[at + CONSUMER] as number);
  }

  /** As `take` without telling the row; UNKNOWN, and nothing is done, unless `consumerOf` is this consumer. */
  takeFrom(consumer: number, tag: number): number {
    const { rows, mask, base, next } = this;
    if (tag < base || tag >= next) return UNKNOWN;
    const at = (tag & mask) * WIDTH;
    const handle = rows[at] as number;
    if (handle < 0 || rows[at + CONSUMER] !== consumer) return UNKNOWN;
    rows[at] = UNKNOWN;
    this.live--;
    if (tag === base) {
      let first = tag + 1;
      while (first < next && rows[(first & mask) * WIDTH] === UNKNOWN) first++;
      this.base = first;
    }
    return handle;
  }

  /** The unsettled tags up to `last`, ascending. */
  tagsUpTo(last: number): number[] {
    const tags: number[] = [];
    this.forEach((tag) => {
      if (tag <= last) tags.push(tag);
    });
    return tags;
  }

  /** Puts a taken delivery back under its old tag (a transaction was rolled back). */
  putBack(tag: number, handle: number, queue: number, consumer: number, place: number): void {
    this.live++;
    if (tag >= this.base) {
      const at = (tag & this.mask) * WIDTH;
      this.rows[at] = handle;
      this.rows[at + QUEUE] = queue;
      this.rows[at + CONSUMER] = consumer;
      this.rows[at + PLACE] = place;
      return;
    }
    this.oldLive++;
    let i = 0;
    while (i < this.old.length && (this.old[i] as number) < tag) i += WIDTH + 1;
    this.old.splice(i, this.old[i] === tag ? WIDTH + 1 : 0, tag, handle, queue, consumer, place);
  }

  /** Marks everything of a queue as gone with it. @returns what it was, in the order of tags */
  forget(queue: number): Held[] {
    const gone: Held[] = [];
    this.forEach((_tag, rows, at) => {
      if (rows[at + QUEUE] !== queue || rows[at] === GONE) return;
      gone.push({
        copy: rows[at] as number,
        consumer: rows[at + CONSUMER] as number,
        place: rows[at + PLACE] as number,
      });
      rows[at] = GONE;
    });
    return gone;
  }

  /** What is unsettled, in the order of tags; GONE for what went with its queue. */
  handles(): number[] {
    const handles: number[] = [];
    this.forEach((_tag, rows, at) => {
      handles.push(rows[at] as number);
    });
    return handles;
  }

  /** The smallest unsettled tag, or `next` when everything is settled. */
  oldest(): number {
    if (this.oldLive > 0) {
      for (let i = 0; i < this.old.length; i += WIDTH + 1)
        if (this.old[i + 1] !== UNKNOWN) return this.old[i] as number;
    }
    return this.live === this.oldLive ? this.next : this.base;
  }

  /** Visits every unsettled delivery in the order of tags: its row begins at `at`. */
  private forEach(visit: (tag: number, rows: Int32Array | number[], at: number) => void): void {
    const { old } = this;
    for (let i = 0; i < old.length; i += WIDTH + 1) {
      if (old[i + 1] !== UNKNOWN) visit(old[i] as number, old, i + 1);
    }
    const { rows, mask, next } = this;
    for (let tag = this.base; tag < next; tag++) {
      const at = (tag & mask) * WIDTH;
      if (rows[at + HANDLE] !== UNKNOWN) visit(tag, rows, at);
    }
  }

  private takeOld(tag: number): number {
    const { old } = this;
    let low = 0;
    let high = old.length / (WIDTH + 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((old[middle * (WIDTH + 1)] as number) < tag) low = middle + 1;
      else high = middle;
    }
    const at = low * (WIDTH + 1);
    if (at >= old.length || old[at] !== tag) return UNKNOWN;
    const handle = old[at + 1] as number;
    if (handle === UNKNOWN) return UNKNOWN;
    old[at + 1] = UNKNOWN;
    this.takenQueue = old[at + 1 + QUEUE] as number;
    this.takenConsumer = old[at + 1 + CONSUMER] as number;
    this.takenPlace = old[at + 1 + PLACE] as number;
    this.live--;
    this.oldLive--;
    if (this.oldLive * 2 < old.length / (WIDTH + 1)) this.sweepOld();
    return handle;
  }

  private sweepOld(): void {
    const { old } = this;
    let to = 0;
    for (let from = 0; from < old.length; from += WIDTH + 1) {
      if (old[from + 1] === UNKNOWN) continue;
      for (let i = 0; i <= WIDTH; i++) old[to + i] = old[from + i] as number;
      to += WIDTH + 1;
    }
    old.length = to;
  }

  /** The ring is full: few stragglers are moved out, else it grows. */
  makeRoom(): void {
    const capacity = this.mask + 1;
    const inRing = this.live - this.oldLive;
    if (inRing * 4 <= capacity && capacity > FIRST_CAPACITY) {
      this.moveStragglers(this.next - (capacity >> 1));
      return;
    }
    const wider = new Int32Array(capacity * 2 * WIDTH).fill(UNKNOWN);
    const mask = capacity * 2 - 1;
    for (let tag = this.base; tag < this.next; tag++) {
      const from = (tag & this.mask) * WIDTH;
      wider.set(this.rows.subarray(from, from + WIDTH), (tag & mask) * WIDTH);
    }
    this.rows = wider;
    this.mask = mask;
  }

  private moveStragglers(before: number): void {
    const { rows, mask } = this;
    for (let tag = this.base; tag < before; tag++) {
      const at = (tag & mask) * WIDTH;
      if (rows[at] === UNKNOWN) continue;
      this.old.push(tag, ...rows.subarray(at, at + WIDTH));
      this.oldLive++;
      rows[at] = UNKNOWN;
    }
    this.base = before;
  }
}
