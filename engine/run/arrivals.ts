import { cos, sin } from "../kernel/math.ts";
import { FOREVER, type Micros } from "../kernel/time.ts";

/**
 * How a producer's rate moves. Rates in messages per µs, times in µs from the start of the pattern. `steps` are in order of time; before the first one the base rate holds.
 * A burst pattern sends at the burst rate for `on`, then at the base rate for `off`, and so on.
 */
export type RatePattern =
  | { p: "steady"; base: number }
  | { p: "burst"; base: number; rate: number; on: Micros; off: Micros }
  | { p: "ramp"; from: number; to: number; over: Micros }
  | { p: "sine"; mean: number; amp: number; period: Micros }
  | { p: "steps"; base: number; at: Micros[]; rate: number[] };

const TWO_PI = 6.283185307179586;
/** A rate that has produced nothing for this many pieces never will (a burst pattern whose both rates are 0). */
const PIECES_MAX = 100_000;

/** @returns the rate at `t`, messages per µs, never negative */
export function rateAt(pattern: RatePattern, t: Micros): number {
  switch (pattern.p) {
    case "steady":
      return pattern.base;
    case "burst":
      return pieceRate(pattern, t);
    case "ramp":
      if (t >= pattern.over) return pattern.to;
      return pattern.from + ((pattern.to - pattern.from) * t) / pattern.over;
    case "sine":
      return Math.max(0, pattern.mean + pattern.amp * sin((TWO_PI * (t % pattern.period)) / pattern.period));
    case "steps":
      return pieceRate(pattern, t);
  }
}

/**
 * When `amount` messages' worth of rate has passed since `t`: amount 1 gives evenly spaced arrivals, an exponential amount a Poisson process with this rate.
 * @returns µs, not rounded; FOREVER when the rate stays at 0
 */
export function timeOfNext(pattern: RatePattern, t: Micros, amount: number): Micros {
  // Few lines for the commonest pattern, so that callers take them in.
  if (pattern.p === "steady") return pattern.base > 0 ? t + amount / pattern.base : FOREVER;
  return timeOfNextMoving(pattern, t, amount);
}

function timeOfNextMoving(pattern: Exclude<RatePattern, { p: "steady" }>, t: Micros, amount: number): Micros {
  switch (pattern.p) {
    case "ramp":
      return nextOnRamp(pattern, t, amount);
    case "sine":
      return nextOnSine(pattern, t, amount);
    default: {
      let at = t;
      let left = amount;
      for (let piece = 0; piece < PIECES_MAX; piece++) {
        const rate = pieceRate(pattern, at);
        const end = pieceEnd(pattern, at);
        const need = rate > 0 ? left / rate : FOREVER;
        if (at + need <= end) return at + need;
        if (end === FOREVER) return FOREVER;
        left -= rate * (end - at);
        at = end;
      }
      return FOREVER;
    }
  }
}

type Pieces = Extract<RatePattern, { p: "burst" | "steps" }>;

function pieceRate(pattern: Pieces, t: Micros): number {
  if (pattern.p === "burst") return t % (pattern.on + pattern.off) < pattern.on ? pattern.rate : pattern.base;
  let rate = pattern.base;
  for (let i = 0; i < pattern.at.length && (pattern.at[i] as number) <= t; i++) rate = pattern.rate[i] as number;
  return rate;
}

function pieceEnd(pattern: Pieces, t: Micros): Micros {
  if (pattern.p === "burst") {
    const cycle = pattern.on + pattern.off;
    const into = t % cycle;
    const end = t - into + (into < pattern.on ? pattern.on : cycle);
    // Where t is so large that the piece is below its resolution, time must still move on.
    return end > t ? end : t + 1;
  }
  for (const at of pattern.at) if (at > t) return at;
  return FOREVER;
}

function nextOnRamp(ramp: Extract<RatePattern, { p: "ramp" }>, t: Micros, amount: number): Micros {
  const { from, to, over } = ramp;
  if (t >= over) return to > 0 ? t + amount / to : FOREVER;
  const slope = (to - from) / over;
  const now = from + slope * t;
  const rest = over - t;
  const whole = ((now + to) / 2) * rest;
  if (whole < amount) return to > 0 ? over + (amount - whole) / to : FOREVER;
  if (slope === 0) return t + amount / now;
  // amount = now·x + slope·x²/2; the form below keeps its digits when the slope is small.
  return t + (2 * amount) / (now + Math.sqrt(Math.max(0, now * now + 2 * slope * amount)));
}

function nextOnSine(wave: Extract<RatePattern, { p: "sine" }>, t: Micros, amount: number): Micros {
  const { mean, amp, period } = wave;
  if (mean <= 0 && Math.abs(amp) <= 0) return FOREVER;
  const omega = TWO_PI / period;
  if (Math.abs(amp) <= mean) {
    // Never below zero: the integral is closed, a bisection of 60 halvings is exact to the µs.
    const passed = (x: Micros) =>
      mean * (x - t) + (amp / omega) * (cos(omega * (t % period)) - cos(omega * (x % period)));
    let low = t;
    let high = t + (amount + (2 * Math.abs(amp)) / omega) / mean;
    for (let i = 0; i < 60 && high - low > 0.25; i++) {
      const middle = (low + high) / 2;
      if (passed(middle) < amount) low = middle;
      else high = middle;
    }
    return high;
  }
  // The wave is cut at zero in part of each period: walk in steps of 1/256 period, trapezoids between.
  const step = period / 256;
  let at = t;
  let left = amount;
  for (let i = 0; i < PIECES_MAX; i++) {
    const area = ((rateAt(wave, at) + rateAt(wave, at + step)) / 2) * step;
    if (area >= left) return at + (step * left) / area;
    left -= area;
    at += step;
  }
  return FOREVER;
}
