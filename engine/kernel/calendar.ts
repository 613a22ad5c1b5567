import type { Micros } from "./time.ts";

/** Sequence numbers fit below this; ranks stand above it in one exact double. */
const RANK = 2 ** 44;
/** Rings of constant delays that are scanned on every event; more delays than this share the heap. */
const LANES_MAX = 8;
const NO_LANE = -1;

/**
 * The event list: a total order of (time, rank, insertion number), so that ties never depend on the container.
 *
 * A 4-ary heap over typed arrays whose root may stay as a hole after `next`, filled by the following `push` (most events schedule one). Beside it *lanes*: events that are
 * all the same delay ahead come in order by themselves, so a ring holds them and only its head is compared. Both give exactly the order of one list.
 */
export class Calendar {
  /** The event that `next` found. */
  time: Micros = 0;
  what = 0;
  data = 0;

  private times: Float64Array = new Float64Array(1024).fill(Number.POSITIVE_INFINITY);
  private keys: Float64Array = new Float64Array(1024);
  private whats: Int32Array = new Int32Array(1024);
  private datas: Int32Array = new Int32Array(1024);
  private count = 0;
  private hole = false;
  private sequence = 0;
  private lanes: Lane[] = [];

  get size(): number {
    let size = this.count - (this.hole ? 1 : 0);
    for (const lane of this.lanes) size += lane.count;
    return size;
  }

  /** @param at µs, not before the event that was last returned @param rank 0 first among equals */
  push(at: Micros, rank: number, what: number, data: number): void {
    const key = rank * RANK + this.sequence++;
    if (this.hole) {
      this.hole = false;
      this.down(at, key, what, data);
      return;
    }
    if (this.count + 5 > this.times.length) this.grow();
    const { times, keys, whats, datas } = this;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const t = times[parent] as number;
      if (t < at || (t === at && (keys[parent] as number) < key)) break;
      times[i] = t;
      keys[i] = keys[parent] as number;
      whats[i] = whats[parent] as number;
      datas[i] = datas[parent] as number;
      i = parent;
    }
    times[i] = at;
    keys[i] = key;
    whats[i] = what;
    datas[i] = data;
  }

  /** A lane for events that are always `delay` ahead. @returns its number, also when there are too many lanes for one of its own */
  lane(delay: Micros): number {
    const known = this.lanes.findIndex((lane) => lane.delay === delay);
    if (known >= 0) return known;
    this.lanes.push(new Lane(delay));
    return this.lanes.length - 1;
  }

  /** `push(now + delay of the lane, 0, …)`. @param now must not go back from call to call */
  pushLane(lane: number, now: Micros, what: number, data: number): void {
    const ring = this.lanes[lane] as Lane;
    const at = now + ring.delay;
    if (lane >= LANES_MAX) this.push(at, 0, what, data);
    else ring.push(at, this.sequence++, what, data);
  }

  /** Time of the next event, Infinity when there is none. */
  peekTime(): Micros {
    if (this.hole) this.settle();
    let first = this.count > 0 ? (this.times[0] as number) : Number.POSITIVE_INFINITY;
    const { lanes } = this;
    for (let i = 0; i < lanes.length; i++) {
      const t = (lanes[i] as Lane).headTime;
      if (t < first) first = t;
    }
    return first;
  }

  /** Moves the next event into `time`, `what`, `data`. @returns false when there is none */
  next(): boolean {
    if (this.hole) this.settle();
    let at = this.count > 0 ? (this.times[0] as number) : Number.POSITIVE_INFINITY;
    let from = NO_LANE;
    const { lanes } = this;
    for (let i = 0; i < lanes.length; i++) {
      const t = (lanes[i] as Lane).headTime;
      if (t < at || (t === at && t !== Number.POSITIVE_INFINITY && this.laneFirst(i, from))) {
        at = t;
        from = i;
      }
    }
    if (at === Number.POSITIVE_INFINITY) return false;
    this.time = at;
    if (from === NO_LANE) {
      this.what = this.whats[0] as number;
      this.data = this.datas[0] as number;
      this.hole = true;
    } else {
      const lane = lanes[from] as Lane;
      this.what = lane.whats[lane.head] as number;
      this.data = lane.datas[lane.head] as number;
      lane.pop();
    }
    return true;
  }

  /** At equal times: whether lane `i`'s head was inserted before the best so far. */
  private laneFirst(i: number, best: number): boolean {
    const lane = this.lanes[i] as Lane;
    const key = lane.keys[lane.head] as number;
    if (best === NO_LANE) return key < (this.keys[0] as number);
    const other = this.lanes[best] as Lane;
    return key < (other.keys[other.head] as number);
  }

  /** Closes the hole with the last entry. */
  private settle(): void {
    this.hole = false;
    const last = --this.count;
    const at = this.times[last] as number;
    const key = this.keys[last] as number;
    const what = this.whats[last] as number;
    const data = this.datas[last] as number;
    this.times[last] = Number.POSITIVE_INFINITY;
    if (last > 0) this.down(at, key, what, data);
  }

  /** Puts an entry in at the root. Slots past the end hold Infinity, so that the smallest child is found without a bound check. */
  private down(at: Micros, key: number, what: number, data: number): void {
    const { times, keys, whats, datas, count } = this;
    let i = 0;
    for (;;) {
      const first = 4 * i + 1;
      if (first >= count) break;
      let best = first;
      let t = times[first] as number;
      for (let child = first + 1; child < first + 4; child++) {
        const other = times[child] as number;
        if (other < t || (other === t && child < count && (keys[child] as number) < (keys[best] as number))) {
          best = child;
          t = other;
        }
      }
      if (t > at || (t === at && (keys[best] as number) > key)) break;
      times[i] = t;
      keys[i] = keys[best] as number;
      whats[i] = whats[best] as number;
      datas[i] = datas[best] as number;
      i = best;
    }
    times[i] = at;
    keys[i] = key;
    whats[i] = what;
    datas[i] = data;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    const times = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    times.set(this.times);
    this.times = times;
    const keys = new Float64Array(capacity);
    keys.set(this.keys);
    this.keys = keys;
    const whats = new Int32Array(capacity);
    whats.set(this.whats);
    this.whats = whats;
    const datas = new Int32Array(capacity);
    datas.set(this.datas);
    this.datas = datas;
  }
}

/** A ring of events in order of time. */
class Lane {
  delay: Micros;
  head = 0;
  count = 0;
  headTime: Micros = Number.POSITIVE_INFINITY;
  times: Float64Array = new Float64Array(64);
  keys: Float64Array = new Float64Array(64);
  whats: Int32Array = new Int32Array(64);
  datas: Int32Array = new Int32Array(64);

  constructor(delay: Micros) {
    this.delay = delay;
  }

  push(at: Micros, key: number, what: number, data: number): void {
    if (this.count === this.times.length) this.grow();
    const i = (this.head + this.count) & (this.times.length - 1);
    if (this.count++ === 0) this.headTime = at;
    this.times[i] = at;
    this.keys[i] = key;
    this.whats[i] = what;
    this.datas[i] = data;
  }

  pop(): void {
    this.head = (this.head + 1) & (this.times.length - 1);
    this.headTime = --this.count === 0 ? Number.POSITIVE_INFINITY : (this.times[this.head] as number);
  }

  private grow(): void {
    const size = this.times.length;
    const times = new Float64Array(size * 2);
    const keys = new Float64Array(size * 2);
    const whats = new Int32Array(size * 2);
    const datas = new Int32Array(size * 2);
    for (let i = 0; i < size; i++) {
      const from = (this.head + i) & (size - 1);
      times[i] = this.times[from] as number;
      keys[i] = this.keys[from] as number;
      whats[i] = this.whats[from] as number;
      datas[i] = this.datas[from] as number;
    }
    this.times = times;
    this.keys = keys;
    this.whats = whats;
    this.datas = datas;
    this.head = 0;
  }
}
