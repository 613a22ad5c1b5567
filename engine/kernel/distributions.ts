import { cos, exp, log, negLogUnit } from "./math.ts";
import { nextInt32, nextUnit, type RandomStreams } from "./random.ts";
import type { Micros } from "./time.ts";

/** A random quantity, in whatever unit its owner says. `cv` = standard deviation ÷ mean. */
export type Dist =
  | { d: "constant"; value: number }
  | { d: "exponential"; mean: number }
  | { d: "uniform"; min: number; max: number }
  /** Cut at 0: negative draws become 0. */
  | { d: "normal"; mean: number; sd: number }
  | { d: "lognormal"; mean: number; cv: number }
  /** Sum of `k` exponentials. */
  | { d: "erlang"; mean: number; k: number }
  /** One of two exponentials with balanced means; `cv` ≥ 1. */
  | { d: "hyperexponential"; mean: number; cv: number };

const CONSTANT = 0;
const EXPONENTIAL = 1;
const UNIFORM = 2;
const NORMAL = 3;
const LOGNORMAL = 4;
const ERLANG = 5;
const HYPEREXPONENTIAL = 6;

/** A distribution made ready for drawing. Plain data. */
export interface Sampler {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** @param scale factor from the distribution's unit to the wanted one: 1000 from ms to µs */
export function compileDist(dist: Dist, scale: number): Sampler {
  switch (dist.d) {
    case "constant":
      return { kind: CONSTANT, a: dist.value * scale, b: 0, c: 0 };
    case "exponential":
      return { kind: EXPONENTIAL, a: dist.mean * scale, b: 0, c: 0 };
    case "uniform":
      return { kind: UNIFORM, a: dist.min * scale, b: (dist.max - dist.min) * scale, c: 0 };
    case "normal":
      return { kind: NORMAL, a: dist.mean * scale, b: dist.sd * scale, c: 0 };
    case "lognormal": {
      // Of the logarithm: variance ln(1 + cv²), mean ln(mean) − variance/2.
      const variance = log(1 + dist.cv * dist.cv);
      return {
        kind: LOGNORMAL,
        a: dist.mean > 0 ? log(dist.mean * scale) - variance / 2 : -745,
        b: Math.sqrt(variance),
        c: 0,
      };
    }
    case "erlang":
      return { kind: ERLANG, a: (dist.mean * scale) / dist.k, b: dist.k, c: 0 };
    case "hyperexponential": {
      const square = dist.cv * dist.cv;
      const p = (1 + Math.sqrt((square - 1) / (square + 1))) / 2;
      return { kind: HYPEREXPONENTIAL, a: p, b: (dist.mean * scale) / (2 * p), c: (dist.mean * scale) / (2 * (1 - p)) };
    }
  }
}

/**
 * One draw, ≥ 0, not rounded. Takes this many numbers from the stream: constant 0, exponential and uniform 1, normal, lognormal and hyperexponential 2, Erlang k; always
 * the same number, so that runs that differ in a parameter stay comparable draw by draw.
 */
export function sample(sampler: Sampler, streams: RandomStreams, stream: number): number {
  switch (sampler.kind) {
    case CONSTANT:
      return sampler.a;
    case EXPONENTIAL:
      return sampler.a * negLogUnit(nextInt32(streams, stream) >>> 0);
    case UNIFORM:
      return sampler.a + sampler.b * nextUnit(streams, stream);
    case NORMAL: {
      const value = sampler.a + sampler.b * standardNormal(streams, stream);
      return value > 0 ? value : 0;
    }
    case LOGNORMAL:
      return exp(sampler.a + sampler.b * standardNormal(streams, stream));
    case ERLANG: {
      let sum = 0;
      for (let i = 0; i < sampler.b; i++) sum += negLogUnit(nextInt32(streams, stream) >>> 0);
      return sampler.a * sum;
    }
    default: {
      const mean = nextUnit(streams, stream) < sampler.a ? sampler.b : sampler.c;
      return mean * negLogUnit(nextInt32(streams, stream) >>> 0);
    }
  }
}

export function sampleMicros(sampler: Sampler, streams: RandomStreams, stream: number): Micros {
  return Math.round(sample(sampler, streams, stream));
}

/** Box and Muller's cosine half. */
function standardNormal(streams: RandomStreams, stream: number): number {
  const radius = Math.sqrt(2 * negLogUnit(nextInt32(streams, stream) >>> 0));
  return radius * cos(6.283185307179586 * nextUnit(streams, stream));
}

/** Mean in the distribution's unit; for `normal` before the cut at 0. */
export function distMean(dist: Dist): number {
  if (dist.d === "constant") return dist.value;
  if (dist.d === "uniform") return (dist.min + dist.max) / 2;
  return dist.mean;
}

/** Coefficient of variation. */
export function distCv(dist: Dist): number {
  switch (dist.d) {
    case "constant":
      return 0;
    case "exponential":
      return 1;
    case "uniform":
      return dist.min + dist.max === 0 ? 0 : (dist.max - dist.min) / Math.sqrt(3) / (dist.min + dist.max);
    case "normal":
      return dist.mean === 0 ? 0 : dist.sd / dist.mean;
    case "erlang":
      return 1 / Math.sqrt(dist.k);
    default:
      return dist.cv;
  }
}
