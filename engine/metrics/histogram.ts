import { InvariantError } from "../kernel/invariant.ts";

/** 64 buckets per doubling: a bucket is at most 1/64 wide, so that its middle is within 0.8 % of every value in it. */
const SUB_BITS = 6;
const SUB = 1 << SUB_BITS;
/** Smaller values count as nothing. */
const LEAST = 1 / 1024;
/** Larger values share the last bucket. */
const MOST = 2 ** 60;
/** A double's exponent and first six digits are the bucket's number; this is that of 1. */
const BUCKET_OF_ONE = 1023 * SUB;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
// Which half of a double holds the exponent depends on the machine's byte order.
double[0] = 1;
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

const single = new Float64Array(1);

/** Values whose buckets are found before they are counted, a power of two, and those buckets. */
const AT_ONCE = 64;
const found = new Int32Array(AT_ONCE);

const PERCENTILES = [0.5, 0.95, 0.99];

/**
 * Counts durations (or other values ≥ 0) in logarithmic buckets: count, sum, mean and extremes exact,
 * percentiles within 1 %. Takes memory only for the doublings it has seen, some 5 kB for waits between 1 ms and 1 s.
 */
export class Histogram {
  count = 0;
  /** Of all values, in their unit. */
  sum = 0;
  min: number = Number.POSITIVE_INFINITY;
  max = 0;

  /** Values below `LEAST`. */
  private nothings = 0;
  /** By bucket, from bucket `base` on. Doubles, because a long run puts more than 2³² values into one. */
  private counts: Float64Array = new Float64Array(0);
  private base = 0;

  /** @param value ≥ 0 @throws InvariantError for NaN and negative values */
  record(value: number): void {
    single[0] = value;
    this.recordAll(single, 0, 1);
  }

  /**
   * Records values[from … to − 1], in that order. Many at once cost a third of one by one, because the sums stay in registers.
   * @param also takes them too, for less than on its own @throws InvariantError for NaN and negative values; those before it are counted then
   */
  recordAll(values: Float64Array, from: number, to: number, also: Histogram | null = null): void {
    for (let start = from; start < to; start += AT_ONCE) {
      const end = Math.min(to, start + AT_ONCE);
      const done = this.recordSome(values, start, end, also);
      if (done < end) throw new InvariantError("a histogram counts values ≥ 0", { value: values[done] as number });
    }
  }

  /** At most `AT_ONCE` values: first their buckets, then the counts, so that neither loop waits for a call. @returns the first that is no value ≥ 0, or `to` */
  private recordSome(values: Float64Array, from: number, to: number, also: Histogram | null): number {
    // Named before the loop: only so does optimised code know where they stand.
    const number = double;
    const halves = words;
    const buckets = found;
    let { sum } = this;
    let alsoSum = also === null ? 0 : also.sum;
    let min = Number.POSITIVE_INFINITY;
    let max = 0;
    let count = 0;
    let i = from;
    for (; i < to; i++) {
      const value = values[i] as number;
      if (value >= LEAST) {
        number[0] = value < MOST ? value : MOST;
        buckets[count & (AT_ONCE - 1)] = (halves[HIGH] as number) >> (20 - SUB_BITS);
        count++;
      } else if (!(value >= 0)) break;
      sum += value;
      alsoSum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    const nothings = i - from - count;
    this.addAll(count);
    this.take(i - from, nothings, sum, min, max);
    if (also !== null) {
      also.addAll(count);
      also.take(i - from, nothings, alsoSum, min, max);
    }
    return i;
  }

  /** Counts the first `count` buckets found. */
  private addAll(count: number): void {
    const buckets = found;
    let { counts, base } = this;
    // (Signed: an unsigned number and a length are compared as doubles.)
    let slots = counts.length | 0;
    for (let i = 0; i < count; i++) {
      const bucket = buckets[i & (AT_ONCE - 1)] as number;
      let slot = (bucket - base) | 0;
      if (slot < 0 || slot >= slots) {
        slot = this.reach(bucket);
        counts = this.counts;
        base = this.base;
        slots = counts.length | 0;
      }
      counts[slot] = (counts[slot] as number) + 1;
    }
  }

  /** @param sum of all values, these included */
  private take(count: number, nothings: number, sum: number, min: number, max: number): void {
    this.count += count;
    this.nothings += nothings;
    this.sum = sum;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
  }

  /** Records `count` times 0. */
  recordNothings(count: number): void {
    if (count === 0) return;
    this.count += count;
    this.nothings += count;
    this.min = 0;
  }

  /** NaN when empty. */
  mean(): number {
    return this.count === 0 ? Number.NaN : this.sum / this.count;
  }

  /**
   * The smallest value that a share `p` of all does not exceed, within 1 % (least and greatest exactly). NaN when empty.
   * @param p 0 … 1
   */
  quantile(p: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = rankOf(p, this.count);
    if (rank <= 1) return this.min;
    if (rank >= this.count) return this.max;
    let seen = this.nothings;
    if (seen >= rank) return this.min;
    const { counts } = this;
    let slot = -1;
    while (seen < rank) seen += counts[++slot] as number;
    return Math.min(this.max, Math.max(this.min, middle(slot + this.base)));
  }

  /**
   * Mean and the percentiles 50, 95, 99 of three histograms taken together, as a sum of them would tell: in one pass, without making it. Writes four numbers from `out[at]` on;
   * NaN when all are empty.
   */
  static summarise(a: Histogram, b: Histogram, c: Histogram, out: Float64Array, at: number): void {
    const count = a.count + b.count + c.count;
    if (count === 0) {
      out.fill(Number.NaN, at, at + 4);
      return;
    }
    out[at] = (a.sum + b.sum + c.sum) / count;
    const min = Math.min(a.min, b.min, c.min);
    const max = Math.max(a.max, b.max, c.max);
    const nothings = a.nothings + b.nothings + c.nothings;
    // From the top, because above the median there are fewer buckets than below it. All that the loop asks for is at hand: it passes some hundred for each figure of each sample.
    const inA = a.counts;
    const inB = b.counts;
    const inC = c.counts;
    // (As small integers: a length is compared as a double otherwise.)
    const slotsA = inA.length | 0;
    const slotsB = inB.length | 0;
    const slotsC = inC.length | 0;
    let bucket = Math.max(a.base + inA.length, b.base + inB.length, c.base + inC.length);
    let i = bucket - a.base;
    let j = bucket - b.base;
    let k = bucket - c.base;
    let above = 0;
    let here = 0;
    for (let p = PERCENTILES.length - 1; p >= 0; p--) {
      const rank = rankOf(PERCENTILES[p] as number, count);
      let value = min;
      if (rank >= count && rank > 1) value = max;
      else if (rank > 1 && rank > nothings) {
        const beyond = count - rank;
        while (above + here <= beyond) {
          above += here;
          here = 0;
          bucket--;
          i--;
          j--;
          k--;
          if (i >= 0 && i < slotsA) here += inA[i] as number;
          if (j >= 0 && j < slotsB) here += inB[j] as number;
          if (k >= 0 && k < slotsC) here += inC[k] as number;
        }
        value = Math.min(max, Math.max(min, middle(bucket)));
      }
      out[at + 1 + p] = value;
    }
  }

  /** All that is counted, in ascending order: [from, to) of each bucket that is not empty, and how many values lie in it. */
  buckets(): { from: Float64Array; to: Float64Array; counts: Float64Array } {
    const found: [from: number, to: number, count: number][] = this.nothings > 0 ? [[0, LEAST, this.nothings]] : [];
    this.counts.forEach((count, slot) => {
      if (count > 0) found.push([lowerEnd(slot + this.base), lowerEnd(slot + this.base + 1), count]);
    });
    return {
      from: Float64Array.from(found, ([from]) => from),
      to: Float64Array.from(found, ([, to]) => to),
      counts: Float64Array.from(found, ([, , count]) => count),
    };
  }

  /** Adds all that is counted here to `other`. */
  addTo(other: Histogram): void {
    if (this.count === 0) return;
    other.count += this.count;
    other.sum += this.sum;
    if (this.min < other.min) other.min = this.min;
    if (this.max > other.max) other.max = this.max;
    other.nothings += this.nothings;
    if (this.counts.length === 0) return;
    if (other.counts.length === 0) {
      // Sums of windows begin with an empty one.
      other.counts = this.counts.slice();
      other.base = this.base;
      return;
    }
    other.reach(this.base);
    other.reach(this.base + this.counts.length - 1);
    const offset = this.base - other.base;
    const { counts } = other;
    for (let i = 0; i < this.counts.length; i++) {
      counts[offset + i] = (counts[offset + i] as number) + (this.counts[i] as number);
    }
  }

  /** As new, but keeps its memory. */
  reset(): void {
    this.counts.fill(0);
    this.nothings = 0;
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = 0;
  }

  /** Widens the counted range, by whole doublings, to include a bucket. @returns the bucket's slot */
  private reach(bucket: number): number {
    const from = bucket & -SUB;
    const to = from + SUB;
    const { counts, base } = this;
    if (counts.length === 0) {
      this.counts = new Float64Array(SUB);
      this.base = from;
    } else if (from < base || to > base + counts.length) {
      const low = Math.min(from, base);
      const wider = new Float64Array(Math.max(to, base + counts.length) - low);
      wider.set(counts, base - low);
      this.counts = wider;
      this.base = low;
    }
    return bucket - this.base;
  }
}

/** Which of `count` values in order a share `p` of all does not exceed: 0.07 · 100 is a little above 7 in doubles, and still means the seventh. */
const rankOf = (p: number, count: number): number => Math.ceil(p * count * (1 - 1e-15));

/** The middle of a bucket's values. */
const middle = (bucket: number): number => within(bucket, 0.5);

/** The least value of a bucket. */
const lowerEnd = (bucket: number): number => within(bucket, 0);

function within(bucket: number, part: number): number {
  const above = bucket - BUCKET_OF_ONE;
  const octave = above >> SUB_BITS;
  const size = octave >= 0 ? 2 ** (octave | 0) : 1 / 2 ** (-octave | 0);
  return size * (1 + ((above & (SUB - 1)) + part) / SUB);
}
