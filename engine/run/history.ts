import type { Micros } from "../kernel/time.ts";

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

  /** @param values the frame's values; may grow from sample to sample */
  add(time: Micros, values: Float64Array): void {
    const kept = Math.max(SAMPLES_MIN, Math.min(SAMPLES_MAX, Math.floor(FLOATS_MAX / Math.max(1, values.length))));
    if (this.times.length >= kept) this.thin();
    this.times.push(time);
    this.rows.push(Float32Array.from(values));
    this.next = time + this.step;
  }

  /** Drops what lies at or after `time`: the run was taken back. */
  cut(time: Micros): void {
    while (this.times.length > 0 && (this.times[this.times.length - 1] as number) >= time) {
      this.times.pop();
      this.rows.pop();
    }
    this.next = this.times.length > 0 ? (this.times[this.times.length - 1] as number) + this.step : 0;
  }

  /**
   * One metric over [from, to] µs, at most about `points` points: in each bucket its smallest and largest value stay, in their order, so that no peak is hidden.
   * @param slot index into the frame's values
   */
  read(slot: number, from: Micros, to: Micros, points: number): { times: Float64Array; values: Float64Array } {
    const first = lowerBound(this.times, from);
    const last = lowerBound(this.times, to + 1);
    const count = last - first;
    const times: number[] = [];
    const values: number[] = [];
    const push = (i: number) => {
      times.push(this.times[i] as number);
      values.push(this.rows[i]?.[slot] ?? Number.NaN);
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
        for (let i = start + 1; i < end; i++) {
          const value = this.rows[i]?.[slot] ?? Number.NaN;
          if (value < (this.rows[low]?.[slot] ?? Number.NaN)) low = i;
          if (value > (this.rows[high]?.[slot] ?? Number.NaN)) high = i;
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
  }

  private thin(): void {
    this.times = this.times.filter((_, i) => i % 2 === 0);
    this.rows = this.rows.filter((_, i) => i % 2 === 0);
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
