/**
 * Logarithm and friends from + − × ÷ and square root alone. The language lets the built-in ones differ in their last digit
 * from engine to engine (and they do), and then two browsers run apart; these give the same bits everywhere. Tables are
 * filled by series in a fixed order, never by the built-in functions.
 */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
// Which half of a double holds the exponent depends on the machine's byte order.
double[0] = 1;
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

// ln 2 in two parts; the first has 32 digits, so that its product with an exponent is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2 = 0.6931471805599453;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** 2^k for k = −1074 … 1023, at k + 1074. Scaling by a table is several times faster than writing an exponent's bits. */
const POWER_BIAS = 1074;
const powersOfTwo = new Float64Array(2098);
for (let k = 0, power = 1; k <= 1023; k++, power *= 2) powersOfTwo[k + POWER_BIAS] = power;
for (let k = 0, power = 1; k >= -POWER_BIAS; k--, power /= 2) powersOfTwo[k + POWER_BIAS] = power;

/**
 * Of each of 128 segments of [1, 2): its centre c, 1/c, ln c, and the logarithm that `log` adds: ln c in the lower part,
 * ln(c/2) in the upper, so that numbers just below a power of two lose no digits.
 */
const SEGMENTS = 128;
const LOWER_SEGMENTS = 53;
const segments = new Float64Array(SEGMENTS * 4);
for (let i = 0; i < SEGMENTS; i++) {
  const centre = 1 + (i + 0.5) / SEGMENTS;
  segments[4 * i] = centre;
  segments[4 * i + 1] = 1 / centre;
  // ln c = 2·artanh((c − 1)/(c + 1)), forty terms from the largest, as the reference in C++ adds them.
  const y = (centre - 1) / (centre + 1);
  let sum = 0;
  for (let k = 1, power = y; k < 80; k += 2, power *= y * y) sum += power / k;
  segments[4 * i + 2] = 2 * sum;
  segments[4 * i + 3] = logFromSmallest(i < LOWER_SEGMENTS ? centre : centre / 2);
}

/** The same series from its smallest term, which keeps one more digit. */
function logFromSmallest(x: number): number {
  const y = (x - 1) / (x + 1);
  let sum = 0;
  for (let k = 79; k >= 3; k -= 2) sum = (sum + 1 / k) * y * y;
  return 2 * (y + y * sum);
}

/** −1 … 1 units in the last place from the truth. @returns NaN below 0, −Infinity at 0 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x > 0.99 && x < 1.01) return logNearOne(x - 1);
  let scaled = x;
  let exponent = 0;
  if (x < SMALLEST_NORMAL) {
    scaled = x * 18014398509481984;
    exponent = -54;
  }
  double[0] = scaled;
  const own = ((words[HIGH] as number) >>> 20) - 1023;
  const mantissa = scaled * (powersOfTwo[POWER_BIAS - own] as number);
  const segment = ((mantissa * SEGMENTS) | 0) - SEGMENTS;
  exponent += segment < LOWER_SEGMENTS ? own : own + 1;
  const at = 4 * segment;
  const r = (mantissa - (segments[at] as number)) * (segments[at + 1] as number);
  // ln(1 + r) for |r| ≤ 1/256: seven terms.
  const tail = 1 / 3 - r * (0.25 - r * (0.2 - r * (1 / 6 - r * (1 / 7))));
  const small = r - r * r * (0.5 - r * tail);
  return exponent * LN2_HIGH + ((segments[at + 3] as number) + (small + exponent * LN2_LOW));
}

/** ln(1 + d) for |d| < 0.01 without losing the digits of a small d. */
function logNearOne(d: number): number {
  const y = d / (2 + d);
  const y2 = y * y;
  return 2 * y * (1 + y2 * (1 / 3 + y2 * (0.2 + y2 * (1 / 7 + y2 * (1 / 9)))));
}

/**
 * −ln((r + ½) / 2³²) for 32 random bits: a standard exponential variate from one draw, between 1.2e-10 and 22.9.
 * @param r the bits as a signed or unsigned 32-bit integer
 */
export function negLogUnit(r: number): number {
  // Cheaper than `log` by half, and the same operations as the reference in C++ performs, to the last bit.
  const zeros = Math.clz32(r);
  const mantissa = ((r >>> 0) + 0.5) * (powersOfTwo[POWER_BIAS - 31 + zeros] as number);
  // The segment is the seven bits after the first 1, the half included. Taken from the bits, not from the mantissa, so that the table need not wait for that.
  const bits = (r << zeros) | (1 << (zeros - 1));
  const at = (bits >>> 22) & (4 * (SEGMENTS - 1));
  const d = (mantissa - (segments[at] as number)) * (segments[at + 1] as number);
  const small = d - d * d * (0.5 - d * (1 / 3 - d * (0.25 - d * 0.2)));
  return (zeros + 1) * LN2 - ((segments[at + 2] as number) + small);
}

/** 2^(j/32), by the series of e^y on |y| ≤ ln 2 / 2. */
const ROOTS = 32;
const rootsOfTwo = new Float64Array(ROOTS);
for (let j = 0; j < ROOTS; j++) {
  const folded = 2 * j > ROOTS;
  const y = ((folded ? j - ROOTS : j) * LN2) / ROOTS;
  let sum = 1;
  for (let n = 24; n >= 1; n--) sum = 1 + (y * sum) / n;
  rootsOfTwo[j] = folded ? 2 * sum : sum;
}

/** e to the x, within 2 units in the last place. */
export function exp(x: number): number {
  if (!(x < 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : x;
  if (x < -745.2) return 0;
  // x = n·ln 2/32 + r
  const n = Math.floor(x * (ROOTS / LN2) + 0.5);
  const r = x - (n / ROOTS) * LN2_HIGH - (n / ROOTS) * LN2_LOW;
  const small = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const root = rootsOfTwo[n & (ROOTS - 1)] as number;
  const value = root + root * small;
  const k = n >> 5;
  if (k > 1023) return value * (powersOfTwo[POWER_BIAS + 1023] as number) * 2;
  // Below the normal numbers digits are lost once, in the last product.
  if (k < -1021) return value * (powersOfTwo[POWER_BIAS + k + 54] as number) * (powersOfTwo[POWER_BIAS - 54] as number);
  return value * (powersOfTwo[POWER_BIAS + k] as number);
}

/**
 * x to the y for x ≥ 0. Whole exponents up to 64 are multiplied out, with a relative error below |y| · 2⁻⁵³; else it is
 * about |y·ln x| · 2⁻⁵³, so 1e-14 for results between 1e-30 and 1e30. @returns NaN for x < 0
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (!(x > 0)) {
    if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
    return Number.NaN;
  }
  const size = Math.abs(y);
  if (size <= 64 && Math.floor(size) === size) {
    let result = 1;
    let square = x;
    for (let rest = size; rest > 0; rest >>= 1) {
      if ((rest & 1) === 1) result *= square;
      square *= square;
    }
    if (y > 0) return result;
    if (result > SMALLEST_NORMAL && result < Number.POSITIVE_INFINITY) return 1 / result;
  }
  return exp(y * log(x));
}

// π/2 in three parts; the first two have 33 digits each, so that their products with a whole number are exact.
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;

/** Sine of x in radians, within 2 units in the last place. @param x |x| < 1e6 */
export function sin(x: number): number {
  const quarter = Math.floor(x * TWO_OVER_PI + 0.5);
  return sineOfQuarter(fromQuarter(x, quarter), quarter);
}

/** Cosine; as `sin`. */
export function cos(x: number): number {
  const quarter = Math.floor(x * TWO_OVER_PI + 0.5);
  return sineOfQuarter(fromQuarter(x, quarter), quarter + 1);
}

/** x − quarter·π/2, exact enough near the zeros too. */
function fromQuarter(x: number, quarter: number): number {
  const a = x - quarter * HALF_PI_1;
  const b = quarter * HALF_PI_2;
  const r = a - b;
  return r + (a - r - b - quarter * HALF_PI_3);
}

/** sin(r + quarter·π/2) for |r| ≤ π/4. */
function sineOfQuarter(r: number, quarter: number): number {
  const r2 = r * r;
  let value: number;
  if ((quarter & 1) === 0) {
    let sum = -1 / 1307674368000 + r2 / 355687428096000;
    sum = -1 / 39916800 + r2 * (1 / 6227020800 + r2 * sum);
    sum = -1 / 5040 + r2 * (1 / 362880 + r2 * sum);
    value = r + r * r2 * (-1 / 6 + r2 * (1 / 120 + r2 * sum));
  } else {
    let sum = -1 / 87178291200 + r2 / 20922789888000;
    sum = -1 / 3628800 + r2 * (1 / 479001600 + r2 * sum);
    sum = -1 / 720 + r2 * (1 / 40320 + r2 * sum);
    value = 1 - r2 * (0.5 - r2 * (1 / 24 + r2 * sum));
  }
  return (quarter & 2) === 0 ? value : -value;
}

/** 1/√(2π) */
const NORMAL_PEAK = 0.3989422804014327;

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return NORMAL_PEAK * exp(-0.5 * z * z);
}

/** Share of the standard normal distribution up to z, within 1e-15 (absolutely: far tails have few digits). */
export function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z);
  if (z > 8.3) return 1;
  // ½ + φ(z)·(z + z³/3 + z⁵/15 + …): all terms positive, at most some 150 of them.
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + normalDensity(z) * sum;
}
