import { InvariantError, invariant } from "./invariant.ts";
import type { Micros } from "./time.ts";

/** Event numbers stay below this; the rank stands above them in one exact double. */
const RANK = 2 ** 44;
/** 2⁴⁴ · 512 = 2⁵³, the end of exact whole doubles. */
const RANKS = 512;
/** Rings are scanned on every event; delays beyond this many share the heap until a ring runs empty. */
const RINGS_MAX = 8;
const HEAP = -1;
/** Numbers of an entry of the heap; places in it are counted in numbers, so that the first child of the entry at `i` stands at 4i + 4. */
const WIDTH = 4;
const KEY = 1;
const WHAT = 2;
const DATA = 3;
/** The end of a heap that is no deeper than the root and its children. */
const FEW = 5 * WIDTH;
const NO_RING = -1;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * The event list: a total order of (time, rank, insertion number), so that ties never depend on the container.
 *
 * A 4-ary heap over typed arrays whose root stays as a hole after `next` until the following `push` fills it: most events
 * schedule one more, and replacing the root costs half of removing and inserting. Beside it *lanes* for constant delays:
 * events that are all the same delay ahead come in order by themselves, so a ring holds them and only its head is
 * compared. Together they give exactly the order of one sorted list.
 *
 * Nothing is ever cancelled here: an owner that no longer wants an event compares a generation when it comes. All state
 * is in plain fields, for snapshots.
 */
export class Calendar {
  /** The event that `next` found last. (−0: a double from the start, so that the field never changes its form.) */
  time: Micros = -0;
  what = 0;
  data = 0;
  /** When the event of the next `pushDue` comes, µs. (A number in a field does not become an object on its way into a call.) */
  due: Micros = -0;
  /** Events after it are left where they are by `nextWithin`, µs. */
  limit: Micros = -0;

  /**
   * The heap: of each entry its time, its key (rank · 2⁴⁴ + event number, the order among equal times), what it is and its datum. Four numbers side by side in one array move with
   * half the instructions of four arrays. Entries past the end have a time of Infinity, so that four children can be compared without looking whether they are there.
   */
  private heap: Float64Array = new Float64Array(1024 * WIDTH).fill(NEVER);
  /** Entries of the heap, a hole included. */
  private count = 0;
  /** The root was taken and not yet replaced. */
  private hole = false;
  /** (−0: a double from the start.) */
  private sequence = -0;

  // A lane is a delay that somebody asked for; it borrows a ring while it has events.
  private laneDelays: Micros[] = [];
  private laneRings: number[] = [];
  private laneOfDelay: Map<Micros, number> = new Map();
  private rings: Ring[] = [];
  /** Of each ring the time and key of its first event (Infinity when empty), and the time of the last one put in. */
  private headTimes: Float64Array = new Float64Array(RINGS_MAX).fill(NEVER);
  private headKeys: Float64Array = new Float64Array(RINGS_MAX);
  private lastTimes: Float64Array = new Float64Array(RINGS_MAX);

  /** Events that have not come yet. */
  get size(): number {
    let size = this.count - (this.hole ? 1 : 0);
    for (const ring of this.rings) size += ring.count;
    return size;
  }

  /**
   * @param at µs, not before the event that `next` found last; an event at Infinity never comes and is not kept
   * @param rank 0 … 511; among events at one time the lowest comes first
   * @throws InvariantError for a time in the past or NaN, and for a rank out of range: bugs of the caller
   */
  push(at: Micros, rank: number, what: number, data: number): void {
    if (!(at >= this.time && at < NEVER && rank >= 0 && rank < RANKS)) {
      this.refuse(at, rank);
      return;
    }
    this.put(at, rank * RANK + this.number(), what, data);
  }

  /** The same as `push(due, 0, what, data)`. */
  pushDue(what: number, data: number): void {
    const at = this.due;
    if (!(at >= this.time && at < NEVER)) {
      this.refuse(at, 0);
      return;
    }
    const key = this.sequence;
    if (key >= RANK) this.refuseNumber();
    this.sequence = key + 1;
    this.put(at, key, what, data);
  }

  /** Few lines, so that callers take them in: what comes next finds time and key in the heap, and no number becomes an object on its way into a call. */
  private put(at: Micros, key: number, what: number, data: number): void {
    const place = this.hole === true ? 0 : this.append();
    const { heap } = this;
    heap[place] = at;
    heap[place + KEY] = key;
    heap[place + WHAT] = what;
    heap[place + DATA] = data;
    if (place === 0) this.sink();
    else this.rise(place);
  }

  /**
   * A lane for events that are always `delay` ahead.
   * @param delay µs, finite, ≥ 0 @returns the number to give to `pushLane`, the same for the same delay, good for ever
   */
  lane(delay: Micros): number {
    invariant(delay >= 0 && delay < NEVER, "a lane's delay is a finite time ≥ 0", { delay });
    const known = this.laneOfDelay.get(delay);
    if (known !== undefined) return known;
    const lane = this.laneDelays.length;
    this.laneDelays.push(delay);
    this.laneRings.push(NO_RING);
    this.laneOfDelay.set(delay, lane);
    return lane;
  }

  /** The same as `push(now + delay of the lane, 0, what, data)`, and cheaper while `now` does not go back. */
  pushLane(lane: number, now: Micros, what: number, data: number): void {
    const at = now + (this.laneDelays[lane] as number);
    let index = this.laneRings[lane] as number;
    if (index === NO_RING) index = this.borrowRing(lane);
    // The heap takes what would break the ring's order, and a time that is no time: `push` judges it.
    if (index === NO_RING || !(at >= (this.lastTimes[index] as number) && at >= this.time)) {
      this.push(at, 0, what, data);
      return;
    }
    const key = this.number();
    const ring = this.rings[index] as Ring;
    if (ring.count === ring.times.length) ring.grow();
    const slot = (ring.head + ring.count) & (ring.times.length - 1);
    if (ring.count++ === 0) {
      this.headTimes[index] = at;
      this.headKeys[index] = key;
    }
    this.lastTimes[index] = at;
    ring.times[slot] = at;
    ring.keys[slot] = key;
    ring.whats[slot] = what;
    ring.datas[slot] = data;
  }

  /** Time of the earliest event, Infinity when there is none. */
  peekTime(): Micros {
    if (this.hole) this.settle();
    const { headTimes } = this;
    let first = this.heap[0] as number;
    for (let i = 0; i < this.rings.length; i++) {
      const t = headTimes[i] as number;
      if (t < first) first = t;
    }
    return first;
  }

  /** Moves the earliest event into `time`, `what` and `data`. @returns false when there is none */
  next(): boolean {
    return this.nextUntil(NEVER);
  }

  /** As `next`, but leaves an event after `limit` where it is and returns false: one search instead of `peekTime` and `next`. */
  nextUntil(limit: Micros): boolean {
    this.limit = limit;
    return this.nextWithin();
  }

  /** The same as `nextUntil(this.limit)`: for a loop, where the number would become an object on its way into each call. */
  nextWithin(): boolean {
    if (this.hole) this.settle();
    const { headTimes, headKeys } = this;
    const { heap } = this;
    let at = heap[0] as number;
    let key = heap[KEY] as number;
    let from = HEAP;
    for (let i = 0; i < this.rings.length; i++) {
      const t = headTimes[i] as number;
      if (t < at || (t === at && (headKeys[i] as number) < key)) {
        at = t;
        key = headKeys[i] as number;
        from = i;
      }
    }
    if (at > this.limit || at === NEVER) return false;
    this.time = at;
    if (from === HEAP) {
      this.what = (heap[WHAT] as number) | 0;
      this.data = (heap[DATA] as number) | 0;
      this.hole = true;
      return true;
    }
    const ring = this.rings[from] as Ring;
    const { head } = ring;
    this.what = ring.whats[head] as number;
    this.data = ring.datas[head] as number;
    const second = (head + 1) & (ring.times.length - 1);
    ring.head = second;
    headTimes[from] = --ring.count === 0 ? NEVER : (ring.times[second] as number);
    headKeys[from] = ring.keys[second] as number;
    return true;
  }

  /**
   * Lends its events to somebody who keeps a calendar of the same kind for a while: the heap's entries, four numbers each as here, go to `to` from `at` on.
   * @returns how many; −1 when there is no room, and nothing has been done. @param most entries that there is room for
   */
  lendHeap(to: Float64Array, at: number, most: number): number {
    if (this.hole) this.settle();
    if (this.count > most) return -1;
    to.set(this.heap.subarray(0, this.count * WIDTH), at);
    return this.count;
  }

  /** Number of the next event, while they are lent. */
  get nextNumber(): number {
    return this.sequence;
  }

  /** Takes the heap back. @param now µs, of the last event @param next number of the next one */
  takeHeap(from: Float64Array, at: number, count: number, now: Micros, next: number): void {
    while ((count + 5) * WIDTH > this.heap.length) this.grow();
    this.heap.set(from.subarray(at, at + count * WIDTH));
    if (count < this.count) this.heap.fill(NEVER, count * WIDTH, this.count * WIDTH);
    this.count = count;
    this.time = now;
    this.sequence = next;
  }

  get ringCount(): number {
    return this.rings.length;
  }

  /** Which ring holds a lane's events, −1 = none. */
  ringOf(lane: number): number {
    return lane < 0 ? NO_RING : (this.laneRings[lane] as number);
  }

  /** As `lendHeap`, of a ring: its entries stand from `at` on. */
  lendRing(index: number, to: Float64Array, at: number, most: number): number {
    const { count, head, times, keys, whats, datas } = this.rings[index] as Ring;
    if (count > most) return -1;
    const mask = times.length - 1;
    for (let i = 0; i < count; i++) {
      const from = (head + i) & mask;
      const entry = at + i * WIDTH;
      to[entry] = times[from] as number;
      to[entry + KEY] = keys[from] as number;
      to[entry + WHAT] = whats[from] as number;
      to[entry + DATA] = datas[from] as number;
    }
    return count;
  }

  /** Takes a ring back. @param head, count entries from the `head`th of `room`, round and round */
  takeRing(index: number, from: Float64Array, at: number, room: number, head: number, count: number): void {
    const ring = this.rings[index] as Ring;
    ring.head = 0;
    ring.count = 0;
    while (ring.times.length < count) ring.grow();
    for (let i = 0; i < count; i++) {
      const entry = at + ((head + i) % room) * WIDTH;
      ring.times[i] = from[entry] as number;
      ring.keys[i] = from[entry + KEY] as number;
      ring.whats[i] = from[entry + WHAT] as number;
      ring.datas[i] = from[entry + DATA] as number;
    }
    ring.count = count;
    this.headTimes[index] = count === 0 ? NEVER : (ring.times[0] as number);
    this.headKeys[index] = ring.keys[0] as number;
    if (count > 0) this.lastTimes[index] = Math.max(this.lastTimes[index] as number, ring.times[count - 1] as number);
  }

  private number(): number {
    if (this.sequence >= RANK) this.refuseNumber();
    return this.sequence++;
  }

  private refuseNumber(): void {
    throw new InvariantError("event numbers are used up", { sequence: this.sequence });
  }

  private refuse(at: Micros, rank: number): void {
    invariant(rank >= 0 && rank < RANKS, "a rank lies between 0 and 511", { rank });
    invariant(at >= this.time, "an event cannot lie in the past", { at, last: this.time });
  }

  /** A ring for a lane that has none: a new one, or one that ran empty. NO_RING when all carry events of other lanes. */
  private borrowRing(lane: number): number {
    let index = this.rings.length;
    if (index < RINGS_MAX) {
      this.rings.push(new Ring());
    } else {
      index = this.rings.findIndex((ring) => ring.count === 0);
      if (index < 0) return NO_RING;
      this.laneRings[(this.rings[index] as Ring).lane] = NO_RING;
    }
    (this.rings[index] as Ring).lane = lane;
    this.laneRings[lane] = index;
    this.lastTimes[index] = 0;
    return index;
  }

  /** Room for one more entry. @returns its place, where nothing stands yet */
  private append(): number {
    const place = this.count * WIDTH;
    // `sink` looks at up to three entries past the last one.
    if (place + 5 * WIDTH > this.heap.length) this.grow();
    this.count++;
    return place;
  }

  /** Lifts an entry to where it belongs. */
  private rise(from: number): void {
    const { heap } = this;
    const at = heap[from] as number;
    const key = heap[from + KEY] as number;
    const what = heap[from + WHAT] as number;
    const data = heap[from + DATA] as number;
    let i = from;
    while (i > 0) {
      const parent = ((i - WIDTH) >> 2) & -WIDTH;
      const t = heap[parent] as number;
      if (t < at || (t === at && (heap[parent + KEY] as number) < key)) break;
      heap[i] = t;
      heap[i + KEY] = heap[parent + KEY] as number;
      heap[i + WHAT] = heap[parent + WHAT] as number;
      heap[i + DATA] = heap[parent + DATA] as number;
      i = parent;
    }
    heap[i] = at;
    heap[i + KEY] = key;
    heap[i + WHAT] = what;
    heap[i + DATA] = data;
  }

  /** Closes the hole with the last entry. */
  private settle(): void {
    const { heap } = this;
    const last = --this.count * WIDTH;
    for (let k = 0; k < WIDTH; k++) heap[k] = heap[last + k] as number;
    heap[last] = NEVER;
    this.sink();
  }

  /**
   * Lets the entry that was put at the root sink to where it belongs; there is no hole any more. The earliest of four children is found by arithmetic on comparisons
   * (+true is 1), because a processor cannot guess those branches; only equal times, which are rarer, look at keys.
   */
  private sink(): void {
    this.hole = false;
    const { heap } = this;
    const end = this.count * WIDTH;
    const at = heap[0] as number;
    const key = heap[KEY] as number;
    const what = heap[WHAT] as number;
    const data = heap[DATA] as number;
    let i = 0;
    for (let a = WIDTH; a < end; a = 4 * i + WIDTH) {
      let best: number;
      if (end > FEW) {
        const ta = heap[a] as number;
        const tb = heap[a + WIDTH] as number;
        const tc = heap[a + 2 * WIDTH] as number;
        const td = heap[a + 3 * WIDTH] as number;
        const left = a + WIDTH * +(tb < ta);
        const right = a + 2 * WIDTH + WIDTH * +(td < tc);
        const l = heap[left] as number;
        const r = heap[right] as number;
        best = left + (right - left) * +(r < l);
        // (Entries past the end tie with each other all the time, but not for the first place.)
        if (l === r || (ta === tb && r > l) || (tc === td && l > r)) best = this.first(a, end);
      } else best = this.first(a, end);
      const t = heap[best] as number;
      if (t > at || (t === at && (heap[best + KEY] as number) > key)) break;
      heap[i] = t;
      heap[i + KEY] = heap[best + KEY] as number;
      heap[i + WHAT] = heap[best + WHAT] as number;
      heap[i + DATA] = heap[best + DATA] as number;
      i = best;
    }
    heap[i] = at;
    heap[i + KEY] = key;
    heap[i + WHAT] = what;
    heap[i + DATA] = data;
  }

  /** Which of the up to four entries from `a` on comes first. */
  private first(a: number, end: number): number {
    const { heap } = this;
    const last = Math.min(end, a + 4 * WIDTH);
    let best = a;
    let least = heap[a] as number;
    for (let k = a + WIDTH; k < last; k += WIDTH) {
      const t = heap[k] as number;
      if (t > least || (t === least && (heap[k + KEY] as number) > (heap[best + KEY] as number))) continue;
      best = k;
      least = t;
    }
    return best;
  }

  private grow(): void {
    const heap = new Float64Array(this.heap.length * 2).fill(NEVER);
    heap.set(this.heap);
    this.heap = heap;
  }
}

/** The events of one lane, earliest first; a power of two of places. */
class Ring {
  /** Whose events these are. */
  lane = NO_RING;
  head = 0;
  count = 0;
  times: Float64Array = new Float64Array(64);
  keys: Float64Array = new Float64Array(64);
  whats: Int32Array = new Int32Array(64);
  datas: Int32Array = new Int32Array(64);

  /** Doubles a full ring. */
  grow(): void {
    const size = this.times.length;
    const times = new Float64Array(size * 2);
    const keys = new Float64Array(size * 2);
    const whats = new Int32Array(size * 2);
    const datas = new Int32Array(size * 2);
    const tail = size - this.head;
    times.set(this.times.subarray(this.head));
    times.set(this.times.subarray(0, this.head), tail);
    keys.set(this.keys.subarray(this.head));
    keys.set(this.keys.subarray(0, this.head), tail);
    whats.set(this.whats.subarray(this.head));
    whats.set(this.whats.subarray(0, this.head), tail);
    datas.set(this.datas.subarray(this.head));
    datas.set(this.datas.subarray(0, this.head), tail);
    this.times = times;
    this.keys = keys;
    this.whats = whats;
    this.datas = datas;
    this.head = 0;
  }
}
