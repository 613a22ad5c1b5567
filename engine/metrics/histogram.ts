/** Sub-buckets per doubling: 64 make a bucket 1.6 % wide, so that its middle is within 0.8 % of every value in it. */
const SUB_BITS = 6;
const SUB = 1 << SUB_BITS;
/** Values up to 2⁴⁴ µs (half a year) have buckets of their own; larger ones share the last. */
const OCTAVES = 44;
const BUCKETS = OCTAVES * SUB + 1;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

/** Counts durations (or other values ≥ 0) in logarithmic buckets: percentiles within 1 %, mean and extremes exact. Values below 1 share a bucket. */
export class Histogram {
  counts: Uint32Array = new Uint32Array(0);
  count = 0;
  sum = 0;
  sumOfSquares = 0;
  min: number = Number.POSITIVE_INFINITY;
  max = 0;

  record(value: number): void {
    if (this.counts.length === 0) this.counts = new Uint32Array(BUCKETS);
    double[0] = value + 1;
    // Exponent and leading bits of the fraction are the bucket's number.
    let bucket = ((words[HIGH] as number) - 0x3ff00000) >> (20 - SUB_BITS);
    if (bucket >= BUCKETS) bucket = BUCKETS - 1;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.count++;
    this.sum += value;
    this.sumOfSquares += value * value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  mean(): number {
    return this.count === 0 ? Number.NaN : this.sum / this.count;
  }

  /** Of the population. */
  variance(): number {
    if (this.count === 0) return Number.NaN;
    const mean = this.sum / this.count;
    return Math.max(0, this.sumOfSquares / this.count - mean * mean);
  }

  /** The value that a share `p` of all does not exceed, within 1 %. NaN when empty. @param p 0…1 */
  quantile(p: number): number {
    if (this.count === 0) return Number.NaN;
    const wanted = Math.max(1, Math.ceil(p * this.count));
    let seen = 0;
    for (let bucket = 0; bucket < this.counts.length; bucket++) {
      seen += this.counts[bucket] as number;
      if (seen >= wanted) return Math.min(this.max, Math.max(this.min, middle(bucket)));
    }
    return this.max;
  }

  /** Adds all that is counted here to `other`. */
  addTo(other: Histogram): void {
    if (this.count === 0) return;
    if (other.counts.length === 0) other.counts = new Uint32Array(BUCKETS);
    const first = bucketOf(this.min);
    const last = bucketOf(this.max);
    for (let b = first; b <= last; b++) other.counts[b] = (other.counts[b] as number) + (this.counts[b] as number);
    other.count += this.count;
    other.sum += this.sum;
    other.sumOfSquares += this.sumOfSquares;
    if (this.min < other.min) other.min = this.min;
    if (this.max > other.max) other.max = this.max;
  }

  reset(): void {
    if (this.count > 0) this.counts.fill(0, bucketOf(this.min), bucketOf(this.max) + 1);
    this.count = 0;
    this.sum = 0;
    this.sumOfSquares = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = 0;
  }
}

function bucketOf(value: number): number {
  double[0] = value + 1;
  return Math.min(BUCKETS - 1, ((words[HIGH] as number) - 0x3ff00000) >> (20 - SUB_BITS));
}

/** The middle of a bucket's values. */
function middle(bucket: number): number {
  const octave = 2 ** (bucket >> SUB_BITS);
  const low = octave * (1 + (bucket & (SUB - 1)) / SUB);
  return low + octave / SUB / 2 - 1;
}
