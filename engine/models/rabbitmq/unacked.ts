import { NONE } from "../messages.ts";

/** In place of a handle: the message went with its queue; settling it is no error and does nothing. */
export const GONE = 0xfffffffe;

const FIRST_CAPACITY = 16;

/**
 * What a channel has delivered and not settled, by delivery tag: columns indexed by tag. A tag settled long after its neighbours would keep the window wide; such
 * stragglers move to a short sorted list, so that memory follows the number of unsettled deliveries and not the distance between them.
 */
export class Unacked {
  /** Smallest tag in the window, and the next tag to be given. Tags count from 1. */
  base = 1;
  next = 1;
  /** Unsettled deliveries in all. */
  live = 0;
  /** NONE where nothing is unsettled. */
  handle: Uint32Array = new Uint32Array(FIRST_CAPACITY).fill(NONE);
  queue: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Consumer id; −1 = basic.get. */
  consumer: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Place of the message in its lane. */
  place: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Stragglers in the order of their tags: tag, handle, queue, consumer, place, five numbers each; a settled one has the handle NONE until the list is swept. */
  old: number[] = [];
  oldLive = 0;
  /** What `take` found. */
  takenQueue = 0;
  takenConsumer = 0;
  takenPlace = 0;

  /** Notes a delivery. @returns its tag */
  add(handle: number, queue: number, consumer: number, place: number): number {
    const tag = this.next;
    if (tag - this.base === this.handle.length) this.makeRoom();
    const at = tag & (this.handle.length - 1);
    this.handle[at] = handle;
    this.queue[at] = queue;
    this.consumer[at] = consumer;
    this.place[at] = place;
    this.next = tag + 1;
    this.live++;
    return tag;
  }

  /** Counts a delivery that needs no acknowledgement. @returns its tag */
  skip(): number {
    const tag = this.next;
    this.next = tag + 1;
    if (this.live === this.oldLive) this.base = this.next;
    else {
      if (tag - this.base === this.handle.length) {
        this.next = tag;
        this.makeRoom();
        this.next = tag + 1;
      }
      this.handle[tag & (this.handle.length - 1)] = NONE;
    }
    return tag;
  }

  /** Settles a delivery. @returns its handle, NONE for a tag that is unknown; the other columns are in `taken…` */
  take(tag: number): number {
    if (tag < this.base) return this.takeOld(tag);
    if (!(tag < this.next)) return NONE;
    const mask = this.handle.length - 1;
    const at = tag & mask;
    const handle = this.handle[at] as number;
    if (handle === NONE) return NONE;
    this.handle[at] = NONE;
    this.takenQueue = this.queue[at] as number;
    this.takenConsumer = this.consumer[at] as number;
    this.takenPlace = this.place[at] as number;
    this.live--;
    if (tag === this.base) {
      let base = tag + 1;
      while (base < this.next && this.handle[base & mask] === NONE) base++;
      this.base = base;
    }
    return handle;
  }

  /** The unsettled tags up to `last`, ascending. */
  tagsUpTo(last: number): number[] {
    const tags: number[] = [];
    if (this.oldLive > 0) {
      for (let i = 0; i < this.old.length; i += 5) {
        if (this.old[i + 1] !== NONE && (this.old[i] as number) <= last) tags.push(this.old[i] as number);
      }
    }
    const end = Math.min(last + 1, this.next);
    const mask = this.handle.length - 1;
    for (let tag = this.base; tag < end; tag++) if (this.handle[tag & mask] !== NONE) tags.push(tag);
    return tags;
  }

  /** Puts a taken delivery back under its old tag (a transaction was rolled back). */
  putBack(tag: number, handle: number, queue: number, consumer: number, place: number): void {
    this.live++;
    if (tag >= this.base) {
      const at = tag & (this.handle.length - 1);
      this.handle[at] = handle;
      this.queue[at] = queue;
      this.consumer[at] = consumer;
      this.place[at] = place;
      return;
    }
    this.oldLive++;
    let i = 0;
    while (i < this.old.length && (this.old[i] as number) < tag) i += 5;
    this.old.splice(i, this.old[i] === tag ? 5 : 0, tag, handle, queue, consumer, place);
  }

  /** Marks everything of a queue as gone with it. @returns the handles, in the order of their tags */
  forget(queue: number): number[] {
    return this.forgetEntries(queue).map((entry) => entry.copy);
  }

  /** The same, with what the queue knew of each delivery. */
  forgetEntries(queue: number): { copy: number; consumer: number; place: number }[] {
    const gone: { copy: number; consumer: number; place: number }[] = [];
    const { old } = this;
    for (let i = 0; i < old.length; i += 5) {
      if (old[i + 2] !== queue || (old[i + 1] as number) >= GONE) continue;
      gone.push({ copy: old[i + 1] as number, consumer: old[i + 3] as number, place: old[i + 4] as number });
      old[i + 1] = GONE;
    }
    const mask = this.handle.length - 1;
    for (let tag = this.base; tag < this.next; tag++) {
      const at = tag & mask;
      if (this.queue[at] !== queue || (this.handle[at] as number) >= GONE) continue;
      gone.push({
        copy: this.handle[at] as number,
        consumer: this.consumer[at] as number,
        place: this.place[at] as number,
      });
      this.handle[at] = GONE;
    }
    return gone;
  }

  /** What is unsettled, GONE for what went with its queue, in the order of tags. */
  handles(): number[] {
    const found: number[] = [];
    for (let i = 1; i < this.old.length; i += 5) if (this.old[i] !== NONE) found.push(this.old[i] as number);
    const mask = this.handle.length - 1;
    for (let tag = this.base; tag < this.next; tag++) {
      if (this.handle[tag & mask] !== NONE) found.push(this.handle[tag & mask] as number);
    }
    return found;
  }

  /** The smallest unsettled tag, or `next` when everything is settled. */
  oldest(): number {
    if (this.oldLive > 0) {
      for (let i = 0; i < this.old.length; i += 5) if (this.old[i + 1] !== NONE) return this.old[i] as number;
    }
    return this.live === this.oldLive ? this.next : this.base;
  }

  private takeOld(tag: number): number {
    const { old } = this;
    let low = 0;
    let high = old.length / 5;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((old[middle * 5] as number) < tag) low = middle + 1;
      else high = middle;
    }
    const at = low * 5;
    if (at >= old.length || old[at] !== tag) return NONE;
    const handle = old[at + 1] as number;
    if (handle === NONE) return NONE;
    old[at + 1] = NONE;
    this.takenQueue = old[at + 2] as number;
    this.takenConsumer = old[at + 3] as number;
    this.takenPlace = old[at + 4] as number;
    this.live--;
    this.oldLive--;
    if (this.oldLive * 2 < old.length / 5) this.sweepOld();
    return handle;
  }

  private sweepOld(): void {
    const { old } = this;
    let to = 0;
    for (let from = 0; from < old.length; from += 5) {
      if (old[from + 1] === NONE) continue;
      for (let i = 0; i < 5; i++) old[to + i] = old[from + i] as number;
      to += 5;
    }
    old.length = to;
  }

  /** The window is as wide as its columns: few stragglers are moved out, else the columns grow. */
  private makeRoom(): void {
    const capacity = this.handle.length;
    const inWindow = this.live - this.oldLive;
    if (inWindow * 4 <= capacity && capacity > FIRST_CAPACITY) {
      this.moveStragglers(this.next - (capacity >> 1));
      return;
    }
    const handle = new Uint32Array(capacity * 2).fill(NONE);
    const queue = new Int32Array(capacity * 2);
    const consumer = new Int32Array(capacity * 2);
    const place = new Float64Array(capacity * 2);
    for (let tag = this.base; tag < this.next; tag++) {
      const from = tag & (capacity - 1);
      const to = tag & (capacity * 2 - 1);
      handle[to] = this.handle[from] as number;
      queue[to] = this.queue[from] as number;
      consumer[to] = this.consumer[from] as number;
      place[to] = this.place[from] as number;
    }
    this.handle = handle;
    this.queue = queue;
    this.consumer = consumer;
    this.place = place;
  }

  private moveStragglers(before: number): void {
    const mask = this.handle.length - 1;
    for (let tag = this.base; tag < before; tag++) {
      const at = tag & mask;
      if (this.handle[at] === NONE) continue;
      this.old.push(
        tag,
        this.handle[at] as number,
        this.queue[at] as number,
        this.consumer[at] as number,
        this.place[at] as number,
      );
      this.oldLive++;
      this.handle[at] = NONE;
    }
    this.base = before;
  }
}
