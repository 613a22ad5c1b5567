import { cos, exp, log, negLogUnit, normalBelow, normalDensity } from "./math.ts";
import { nextInt32, nextUnit, type RandomStreams } from "./random.ts";
import type { Micros } from "./time.ts";

/** A random quantity ≥ 0, in whatever unit its owner says. `cv` = standard deviation ÷ mean. */
export type Dist =
  | { d: "constant"; value: number }
  | { d: "exponential"; mean: number }
  | { d: "uniform"; min: number; max: number }
  /** Cut at 0: negative draws become 0, so that its mean is a little above `mean` when `sd` is large. */
  | { d: "normal"; mean: number; sd: number }
  | { d: "lognormal"; mean: number; cv: number }
  /** Sum of `k` ≥ 1 exponentials. */
  | { d: "erlang"; mean: number; k: number }
  /** One of two exponentials, each with half of the whole mean (balanced means); `cv` ≥ 1. */
  | { d: "hyperexponential"; mean: number; cv: number };

const CONSTANT = 0;
const EXPONENTIAL = 1;
const UNIFORM = 2;
const NORMAL = 3;
const LOGNORMAL = 4;
const ERLANG = 5;
const HYPEREXPONENTIAL = 6;

const TWO_PI = 6.283185307179586;

/** A distribution made ready for drawing. Plain data; what `a`, `b`, `c` mean depends on the kind. */
export interface Sampler {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** One maker for all kinds, so that all samplers have one form and `sample` stays fast. */
function sampler(kind: number, a: number, b: number, c: number): Sampler {
  return { kind, a, b, c };
}

/**
 * @param dist with parameters as the schema bounds them: finite, ≥ 0, min ≤ max, k ≥ 1, cv ≥ 1 where it must be
 * @param scale factor from the distribution's unit to the wanted one: 1000 from ms to µs
 */
export function compileDist(dist: Dist, scale: number): Sampler {
  switch (dist.d) {
    case "constant":
      return sampler(CONSTANT, dist.value * scale, 0, 0);
    case "exponential":
      return sampler(EXPONENTIAL, dist.mean * scale, 0, 0);
    case "uniform":
      return sampler(UNIFORM, dist.min * scale, (dist.max - dist.min) * scale, 0);
    case "normal":
      return sampler(NORMAL, dist.mean * scale, dist.sd * scale, 0);
    case "lognormal": {
      // mean · e^(σz − σ²/2) with σ² = ln(1 + cv²)
      const variance = log(1 + dist.cv * dist.cv);
      return sampler(LOGNORMAL, dist.mean * scale, Math.sqrt(variance), -variance / 2);
    }
    case "erlang":
      return sampler(ERLANG, (dist.mean * scale) / dist.k, dist.k, 0);
    case "hyperexponential": {
      // The rarer branch has probability q = (1 − s)/2 with s² = (cv² − 1)/(cv² + 1), written so that no digits cancel.
      const square = Math.max(1, dist.cv * dist.cv);
      const q = 1 / ((square + 1) * (1 + Math.sqrt((square - 1) / (square + 1))));
      return sampler(HYPEREXPONENTIAL, q, (dist.mean * scale) / (2 * q), (dist.mean * scale) / (2 * (1 - q)));
    }
  }
}

/** Whether `sample` always gives the same, and draws nothing. */
export const isConstant = (sampler: Sampler): boolean => sampler.kind === CONSTANT;

/**
 * One draw, ≥ 0, not rounded.
 *
 * Takes from the stream: constant nothing, exponential and uniform one number, normal, lognormal and hyperexponential two,
 * Erlang k; never more or fewer. Runs that differ in a mean or a spread therefore use the same numbers for the same
 * purposes (common random numbers), and their difference is the parameter's doing. Each draw grows with the mean.
 */
export function sample(sampler: Sampler, streams: RandomStreams, stream: number): number {
  // Few lines for the commonest kinds, so that callers take them in and no number becomes an object on its way back.
  if (sampler.kind === EXPONENTIAL) return sampler.a * negLogUnit(nextInt32(streams, stream));
  return sampler.kind === CONSTANT ? sampler.a : sampleOther(sampler, streams, stream);
}

/** As `sample` of an exponential distribution with this mean; the result is in `streams.drawn[0]`. */
export function drawExponential(streams: RandomStreams, stream: number, mean: number): void {
  streams.drawn[0] = mean * negLogUnit(nextInt32(streams, stream));
}

/** As `sample`; the result is in `streams.drawn[0]`. */
export function draw(sampler: Sampler, streams: RandomStreams, stream: number): void {
  if (sampler.kind === EXPONENTIAL) drawExponential(streams, stream, sampler.a);
  else streams.drawn[0] = sampler.kind === CONSTANT ? sampler.a : sampleOther(sampler, streams, stream);
}

function sampleOther(sampler: Sampler, streams: RandomStreams, stream: number): number {
  switch (sampler.kind) {
    case UNIFORM:
      return sampler.a + sampler.b * nextUnit(streams, stream);
    case NORMAL: {
      const value = sampler.a + sampler.b * standardNormal(streams, stream);
      return value > 0 ? value : 0;
    }
    case LOGNORMAL:
      return sampler.a * exp(sampler.c + sampler.b * standardNormal(streams, stream));
    case ERLANG: {
      let sum = 0;
      for (let i = 0; i < sampler.b; i++) sum += negLogUnit(nextInt32(streams, stream));
      return sampler.a * sum;
    }
    default: {
      const mean = nextUnit(streams, stream) < sampler.a ? sampler.b : sampler.c;
      return mean * negLogUnit(nextInt32(streams, stream));
    }
  }
}

/** As `sample`, rounded to a whole number. (`Math.round` takes several times as long.) */
export function sampleMicros(sampler: Sampler, streams: RandomStreams, stream: number): Micros {
  return Math.floor(sample(sampler, streams, stream) + 0.5);
}

/** Box and Muller's cosine half: two draws, no rejection. */
function standardNormal(streams: RandomStreams, stream: number): number {
  const radius = Math.sqrt(2 * negLogUnit(nextInt32(streams, stream)));
  return radius * cos(TWO_PI * nextUnit(streams, stream));
}

/** Mean of what `sample` gives, in the distribution's unit; for `normal` that is the mean after the cut. */
export function distMean(dist: Dist): number {
  switch (dist.d) {
    case "constant":
      return dist.value;
    case "uniform":
      return (dist.min + dist.max) / 2;
    case "normal":
      return cutNormal(dist.mean, dist.sd).mean;
    default:
      return dist.mean;
  }
}

/** Standard deviation ÷ mean of what `sample` gives; 0 when the mean is 0. */
export function distCv(dist: Dist): number {
  switch (dist.d) {
    case "constant":
      return 0;
    case "exponential":
      return dist.mean > 0 ? 1 : 0;
    case "uniform":
      // width/√12 over half the sum
      return dist.max > 0 ? (dist.max - dist.min) / (dist.min + dist.max) / Math.sqrt(3) : 0;
    case "normal": {
      const { mean, variance } = cutNormal(dist.mean, dist.sd);
      return mean > 0 ? Math.sqrt(variance) / mean : 0;
    }
    case "erlang":
      return dist.mean > 0 ? 1 / Math.sqrt(dist.k) : 0;
    default:
      return dist.mean > 0 ? dist.cv : 0;
  }
}

/** Moments of max(0, X) for a normal X with mean ≥ 0: E = mΦ + sφ, E² = (m² + s²)Φ + msφ, both at m/s. */
function cutNormal(m: number, s: number): { mean: number; variance: number } {
  if (s === 0) return { mean: m, variance: 0 };
  const above = normalBelow(m / s);
  const density = normalDensity(m / s);
  const mean = m * above + s * density;
  return { mean, variance: Math.max(0, (m * m + s * s) * above + m * s * density - mean * mean) };
}
