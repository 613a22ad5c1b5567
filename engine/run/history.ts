import type { Micros } from "../kernel/time.ts";
import type { FrameLayout } from "../worker/protocol.ts";

/** Where a figure stands in the rows of a layout; −1 where it did not exist. */
export type SlotOf = (layout: FrameLayout) => number;

const FIRST_STEP: Micros = 500_000;
/** Samples are thinned by half when there are this many; small layouts get the most. */
const SAMPLES_MAX = 1200;
const SAMPLES_MIN = 150;
const FLOATS_MAX = 6_000_000;

/**
 * The past of every metric for the charts: the frame's values, sampled evenly in virtual time. When full, every other sample is dropped and the step doubles, so that
 * memory is bounded and the whole run stays in sight.
 */
export class History {
  step: Micros = FIRST_STEP;
  next: Micros = 0;
  private times: number[] = [];
  private rows: Float32Array[] = [];
  private layouts: FrameLayout[] = [];

  /** @param values the frame's values @param layout what stands where in them; it changes with the document */
  add(time: Micros, values: Float64Array, layout: FrameLayout): void {
    const kept = Math.max(SAMPLES_MIN, Math.min(SAMPLES_MAX, Math.floor(FLOATS_MAX / Math.max(1, values.length))));
    if (this.times.length >= kept) this.thin();
    this.times.push(time);
    this.rows.push(Float32Array.from(values));
    this.layouts.push(layout);
    this.next = time + this.step;
  }

  /** Drops what lies at or after `time`: the run was taken back. */
  cut(time: Micros): void {
    while (this.times.length > 0 && (this.times[this.times.length - 1] as number) >= time) {
      this.times.pop();
      this.rows.pop();
      this.layouts.pop();
    }
    this.next = this.times.length > 0 ? (this.times[this.times.length - 1] as number) + this.step : 0;
  }

  /**
   * One metric over [from, to] µs, at most about `points` points: in each bucket its smallest and largest value stay, in their order, so that no peak is hidden.
   * @param slotOf asked once for each layout
   */
  read(slotOf: SlotOf, from: Micros, to: Micros, points: number): { times: Float64Array; values: Float64Array } {
    let layout: FrameLayout | undefined;
    let slot = -1;
    const valueAt = (i: number): number => {
      if (this.layouts[i] !== layout) {
        layout = this.layouts[i];
        slot = layout === undefined ? -1 : slotOf(layout);
      }
      return this.rows[i]?.[slot] ?? Number.NaN;
    };
    const first = lowerBound(this.times, from);
    const last = lowerBound(this.times, to + 1);
    const count = last - first;
    const times: number[] = [];
    const values: number[] = [];
    const push = (i: number) => {
      times.push(this.times[i] as number);
      values.push(valueAt(i));
    };
    if (count <= points) {
      for (let i = first; i < last; i++) push(i);
    } else {
      const buckets = Math.max(1, Math.floor(points / 2));
      for (let b = 0; b < buckets; b++) {
        const start = first + Math.floor((count * b) / buckets);
        const end = first + Math.floor((count * (b + 1)) / buckets);
        let low = start;
        let high = start;
        let lowest = valueAt(start);
        let highest = lowest;
        for (let i = start + 1; i < end; i++) {
          const value = valueAt(i);
          if (value < lowest || Number.isNaN(lowest)) {
            lowest = value;
            low = i;
          }
          if (value > highest || Number.isNaN(highest)) {
            highest = value;
            high = i;
          }
        }
        push(Math.min(low, high));
        if (low !== high) push(Math.max(low, high));
      }
    }
    return { times: Float64Array.from(times), values: Float64Array.from(values) };
  }

  clear(): void {
    this.step = FIRST_STEP;
    this.next = 0;
    this.times = [];
    this.rows = [];
    this.layouts = [];
  }

  private thin(): void {
    this.times = this.times.filter((_, i) => i % 2 === 0);
    this.rows = this.rows.filter((_, i) => i % 2 === 0);
    this.layouts = this.layouts.filter((_, i) => i % 2 === 0);
    this.step *= 2;
  }
}

/** Index of the first time ≥ `at`. */
function lowerBound(times: number[], at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
