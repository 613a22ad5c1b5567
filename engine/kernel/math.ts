/**
 * Logarithm and friends from + − × ÷ and square root alone. The language lets the built-in ones differ in their last digit from engine to engine (and they do), which
 * would make two browsers run apart; these give the same bits everywhere. Relative error about 1e-15 (log, exp), 1e-14 (pow, for moderate exponents).
 */
const bits = new DataView(new ArrayBuffer(8));
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
// Which half of a double holds the exponent depends on the machine's byte order.
double[0] = 1;
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2 = 0.6931471805599453;
const SEGMENTS = 128;
const logOfCentre = new Float64Array(SEGMENTS);
const oneOverCentre = new Float64Array(SEGMENTS);
for (let i = 0; i < SEGMENTS; i++) {
  const centre = 1 + (i + 0.5) / SEGMENTS;
  // ln c = 2·artanh((c − 1)/(c + 1)), a series in a fixed order.
  const y = (centre - 1) / (centre + 1);
  const y2 = y * y;
  let sum = 0;
  let power = y;
  for (let k = 1; k < 80; k += 2) {
    sum += power / k;
    power *= y2;
  }
  logOfCentre[i] = 2 * sum;
  oneOverCentre[i] = 1 / centre;
}

/** ln(1 + r) for |r| ≤ 1/256. */
function logNearOne(r: number): number {
  return r - r * r * (0.5 - r * (1 / 3 - r * (0.25 - r * (0.2 - r * (1 / 6 - r * (1 / 7))))));
}

/** Natural logarithm. @returns NaN below 0, −Infinity at 0 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x > 0.99 && x < 1.01) return nearOne(x - 1);
  let scaled = x;
  let exponent = 0;
  if (x < 2.2250738585072014e-308) {
    scaled = x * 18014398509481984;
    exponent = -54;
  }
  double[0] = scaled;
  const high = words[HIGH] as number;
  exponent += (high >>> 20) - 1023;
  const segment = (high >>> 13) & (SEGMENTS - 1);
  words[HIGH] = (high & 0xfffff) | 0x3ff00000;
  const mantissa = double[0] as number;
  const r = (mantissa - (1 + (segment + 0.5) / SEGMENTS)) * (oneOverCentre[segment] as number);
  return exponent * LN2_HIGH + ((logOfCentre[segment] as number) + logNearOne(r) + exponent * LN2_LOW);
}

/** ln(1 + d) for |d| < 0.01 without losing the digits of a small d. */
function nearOne(d: number): number {
  const y = d / (2 + d);
  const y2 = y * y;
  let sum = 1 / 15;
  for (let k = 13; k >= 1; k -= 2) sum = sum * y2 + 1 / k;
  return 2 * y * sum;
}

/** −ln((r + ½) / 2³²) for a 32-bit draw: a standard exponential variate with one draw. @param r 0 … 2³² − 1 */
export function negLogUnit(r: number): number {
  double[0] = r + 0.5;
  const high = words[HIGH] as number;
  const exponent = (high >>> 20) - 1023;
  const segment = (high >>> 13) & (SEGMENTS - 1);
  words[HIGH] = (high & 0xfffff) | 0x3ff00000;
  const part = ((double[0] as number) - (1 + (segment + 0.5) / SEGMENTS)) * (oneOverCentre[segment] as number);
  const l = part - part * part * (0.5 - part * (1 / 3 - part * (0.25 - part * 0.2)));
  return (32 - exponent) * LN2 - ((logOfCentre[segment] as number) + l);
}

/** e to the x. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // |r| ≤ 0.35: eighteen terms of the series, from the smallest.
  let sum = 1;
  for (let n = 18; n >= 1; n--) sum = 1 + (r * sum) / n;
  return scale(sum, k);
}

/** x · 2^k without passing through an intermediate that overflows. */
function scale(x: number, k: number): number {
  if (k > 1000) return scale(x, k - 1000) * powerOfTwo(1000);
  if (k < -1000) return scale(x, k + 1000) * powerOfTwo(-1000);
  return x * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  bits.setInt32(0, (k + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** x to the y for x ≥ 0. Whole exponents up to 64 are multiplied out. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let result = 1;
    for (let i = 0; i < Math.abs(y); i++) result *= x;
    return y > 0 ? result : 1 / result;
  }
  return exp(y * log(x));
}

const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;
const HALF_PI = 1.5707963267948966;

/** Sine; meant for |x| up to about 1e6. */
export function sin(x: number): number {
  const quarter = Math.round(x / HALF_PI);
  return turned(x - quarter * HALF_PI_HIGH - quarter * HALF_PI_LOW, quarter);
}

/** Cosine; as `sin`. */
export function cos(x: number): number {
  const quarter = Math.round(x / HALF_PI);
  return turned(x - quarter * HALF_PI_HIGH - quarter * HALF_PI_LOW, quarter + 1);
}

/** sin(r + quarter·π/2) for |r| ≤ π/4. */
function turned(r: number, quarter: number): number {
  const q = ((quarter % 4) + 4) % 4;
  const r2 = r * r;
  let value: number;
  if (q % 2 === 0) {
    let sum = 1;
    for (let n = 20; n >= 2; n -= 2) sum = 1 - (r2 * sum) / (n * (n + 1));
    value = r * sum;
  } else {
    let sum = 1;
    for (let n = 20; n >= 2; n -= 2) sum = 1 - (r2 * sum) / (n * (n - 1));
    value = sum;
  }
  return q >= 2 ? -value : value;
}
