import type { Micros } from "../kernel/time.ts";
import { Histogram } from "../metrics/histogram.ts";

/**
 * Instruments that stand at the thing they measure. A number in a field of an object at hand costs a fifth of one in a long column that is found by its slot; the meters come
 * round and collect before anybody reads (`Meters.collect`).
 */

/** Counts since the meters last came round. */
export class Counter {
  readonly slot: number;
  pending = 0;

  constructor(slot: number) {
    this.slot = slot;
  }
}

/** Adds up amounts since the meters last came round: they may be large, and would change the form of every `Counter`. */
export class Amount {
  readonly slot: number;
  /** (−0: a double from the start, so that the field never changes its form.) */
  pending = -0;

  constructor(slot: number) {
    this.slot = slot;
  }
}

/** Goes up and down. With n its height and s the sum of the times of its steps, the area under it up to now is n·now − s, so that a step costs two additions. */
export class Level {
  readonly slot: number;
  height = 0;
  /** A double like `Amount.pending`. */
  steps: Micros = -0;

  constructor(slot: number) {
    this.slot = slot;
  }

  change(by: number, now: Micros): void {
    this.height += by;
    this.steps += by * now;
  }

  set(height: number, now: Micros): void {
    const by = height - this.height;
    if (by === 0) return;
    this.height = height;
    this.steps += by * now;
  }
}

/** A histogram takes this many at once for less than one by one. */
const GROUP = 16;

/** Durations of the current window, the one before, and all older ones; read as "recent" (the last one to two windows) or "all". */
export class Durations {
  current: Histogram = new Histogram();
  before: Histogram = new Histogram();
  older: Histogram = new Histogram();
  /** It has these durations too, beside those of others. */
  gatherer: Durations | null = null;
  /** Durations that are not in the histogram yet. */
  private readonly waiting: Float64Array = new Float64Array(GROUP);
  private waitingCount = 0;

  /** @param duration µs */
  record(duration: Micros): void {
    const count = this.waitingCount;
    this.waiting[count] = duration;
    if (count === GROUP - 1) this.hand(GROUP);
    else this.waitingCount = count + 1;
  }

  /** Brings the histogram up to date. */
  settle(): void {
    if (this.waitingCount > 0) this.hand(this.waitingCount);
  }

  private hand(count: number): void {
    this.waitingCount = 0;
    this.current.recordAll(this.waiting, 0, count, this.gatherer === null ? null : this.gatherer.current);
  }

  /** Counts durations that somebody else has collected, values[from … to − 1]. */
  recordAll(values: Float64Array, from: number, to: number): void {
    this.current.recordAll(values, from, to, this.gatherer === null ? null : this.gatherer.current);
  }

  /** The window is over. */
  turn(): void {
    if (this.before.count > 0) this.before.addTo(this.older);
    const empty = this.before;
    empty.reset();
    this.before = this.current;
    this.current = empty;
  }

  /** @param whole everything since the start of the statistics, else the last one to two windows */
  read(whole: boolean): Histogram {
    if (!whole && this.before.count === 0) return this.current;
    if (whole && this.before.count === 0 && this.older.count === 0) return this.current;
    const sum = new Histogram();
    this.current.addTo(sum);
    this.before.addTo(sum);
    if (whole) this.older.addTo(sum);
    return sum;
  }

  reset(): void {
    this.waitingCount = 0;
    this.current.reset();
    this.before.reset();
    this.older.reset();
  }
}
