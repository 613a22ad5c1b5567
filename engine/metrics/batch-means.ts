import { invariant } from "../kernel/invariant.ts";
import { cos, sin } from "../kernel/math.ts";

/** A mean and how far it may be off: with the confidence that was asked for the true mean lies within `low` … `high`. */
export interface Estimate {
  mean: number;
  /** Half the interval's width; Infinity when there is too little to tell. */
  half: number;
  low: number;
  high: number;
  /** Independent values (or batches taken for such) behind the interval. */
  count: number;
  /** Correlation of neighbouring values, −1 … 1. Batches with more than about 0.3 are too short for the interval to hold. */
  correlation: number;
}

const BATCHES = 20;

/**
 * Mean and confidence interval of a correlated series, such as the waits of one run: the series is cut into batches of
 * equal length whose means are taken for independent (Law, "Simulation Modeling and Analysis", batch means).
 * @param series at least 2 values, the warm-up already removed; what does not fill a batch is left out at the front
 * @param confidence 0 … 1, exclusive
 */
export function batchMeans(series: ArrayLike<number>, confidence = 0.95, batches: number = BATCHES): Estimate {
  const count = Math.min(batches, series.length);
  const length = Math.floor(series.length / count);
  const means: number[] = [];
  for (let end = series.length - (count - 1) * length; end <= series.length; end += length) {
    let sum = 0;
    for (let i = end - length; i < end; i++) sum += series[i] as number;
    means.push(sum / length);
  }
  return interval(series.length === 0 ? [] : means, confidence);
}

/** Mean and Student's confidence interval of independent values, such as one figure of several runs with other seeds. */
export function interval(values: readonly number[], confidence = 0.95): Estimate {
  invariant(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1", { confidence });
  const count = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = count === 0 ? Number.NaN : sum / count;
  let squares = 0;
  let products = 0;
  let before = 0;
  for (const [i, value] of values.entries()) {
    const distance = value - mean;
    squares += distance * distance;
    if (i > 0) products += distance * before;
    before = distance;
  }
  const half =
    count < 2
      ? Number.POSITIVE_INFINITY
      : studentQuantile((1 + confidence) / 2, count - 1) * Math.sqrt(squares / (count - 1) / count);
  const correlation = squares > 0 ? products / squares : 0;
  return { mean, half, low: mean - half, high: mean + half, count, correlation };
}

/**
 * Quantile of Student's t distribution. With t = √ν·tan θ the distribution function becomes an integral of cosⁿ, n = ν − 1,
 * which is a finite sum; Newton's steps from 0 rise to the root, because the integral bends down.
 * @param p 0 … 1, exclusive @param degrees of freedom, whole, ≥ 1
 */
export function studentQuantile(p: number, degrees: number): number {
  invariant(p > 0 && p < 1, "a quantile's share lies between 0 and 1", { p });
  invariant(Number.isInteger(degrees) && degrees >= 1, "degrees of freedom are a whole number ≥ 1", { degrees });
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  const n = degrees - 1;
  const wanted = (2 * p - 1) * integralOfCosine(n, HALF_PI);
  let angle = 0;
  for (let step = 0; step < 200; step++) {
    const further = (wanted - integralOfCosine(n, angle)) / power(cos(angle), n);
    angle += further;
    if (!(further > angle * 1e-15)) break;
  }
  return (Math.sqrt(degrees) * sin(angle)) / cos(angle);
}

const HALF_PI = Math.PI / 2;

/** ∫ cosⁿ from 0 to the angle: Iₙ = (cosⁿ⁻¹·sin + (n − 1)·Iₙ₋₂)/n. */
function integralOfCosine(n: number, angle: number): number {
  const s = sin(angle);
  const c = cos(angle);
  let integral = n % 2 === 0 ? angle : s;
  let power = n % 2 === 0 ? c : c * c;
  for (let k = (n % 2) + 2; k <= n; k += 2) {
    integral = (power * s + (k - 1) * integral) / k;
    power *= c * c;
  }
  return integral;
}

function power(x: number, n: number): number {
  let result = 1;
  for (let i = 0; i < n; i++) result *= x;
  return result;
}
