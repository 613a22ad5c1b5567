import { describe, expect, it } from "vitest";
import { addStream, nextUnit, RandomStreams } from "../kernel/random.ts";
import { interval } from "./batch-means.ts";
import { mser5, type Observations, steadyState } from "./steady-state.ts";

/** Independent numbers, uniform with mean 0 and variance 1. */
function noise(count: number, seed: number): number[] {
  const streams = new RandomStreams();
  const stream = addStream(streams, seed, "noise");
  return Array.from({ length: count }, () => (nextUnit(streams, stream) - 0.5) * Math.sqrt(12));
}

/** Autoregressive: each value is `memory` times the one before and something new; mean 0, variance 1. */
function echoes(count: number, seed: number, memory: number): number[] {
  let value = 0;
  return noise(count, seed).map((fresh) => {
    value = memory * value + Math.sqrt(1 - memory * memory) * fresh;
    return value;
  });
}

const evenly = (sums: number[]): Observations => ({ sums, weights: sums.map(() => 1) });

describe("the warm-up cut", () => {
  it("leaves a steady series whole, or nearly", () => {
    for (let seed = 1; seed <= 20; seed++) expect(mser5(evenly(noise(1000, seed)))).toBeLessThan(400);
    expect(mser5(evenly(new Array(200).fill(3)))).toBe(0);
  });

  it("finds where a step ends", () => {
    const series = noise(1000, 1).map((value, i) => (i < 150 ? value + 20 : value));
    expect(mser5(evenly(series))).toBe(150);
  });

  it("cuts the most of an exponential rise and keeps the level it leads to", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const series = noise(2000, seed).map((value, i) => 50 * (1 - Math.exp(-i / 60)) + value);
      const { cut, mean, estimate } = steadyState(evenly(series));
      expect(cut).toBeGreaterThan(150);
      expect(cut).toBeLessThan(1000);
      expect(Math.abs(mean - 50)).toBeLessThan(0.25);
      expect(estimate?.count).toBeGreaterThanOrEqual(10);
    }
  });

  it("does not cut a steady series to its quiet end: the mean of many is neither too small nor too large", () => {
    // Like a queue: what remembers long, and is now and then far above its mean.
    const means: number[] = [];
    let cut = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const found = steadyState(evenly(echoes(400, seed, 0.8).map((value) => value * Math.abs(value))));
      if (found.estimate === null) continue;
      means.push(found.mean);
      if (found.cut > 0) cut++;
    }
    expect(means.length).toBeGreaterThan(240);
    expect(cut / means.length).toBeLessThan(0.1);
    const { low, high } = interval(means, 0.99);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it("cuts a front in which nothing was measured", () => {
    const values = noise(400, 3);
    const late = {
      sums: values.map((v, i) => (i < 100 ? 0 : v + 5)),
      weights: values.map((_, i) => (i < 100 ? 0 : 1)),
    };
    const { cut, estimate } = steadyState(late);
    expect(cut).toBeGreaterThanOrEqual(100);
    expect(estimate?.mean).toBeCloseTo(5, 0);
    const later = { sums: late.sums, weights: late.weights.map((weight, i) => (i < 300 ? 0 : weight)) };
    expect(steadyState(later)).toMatchObject({ estimate: null, reason: "short" });
  });

  it("never settles on a series that grows for ever", () => {
    const growing = evenly(noise(1000, 1).map((value, i) => i + value));
    expect(steadyState(growing)).toMatchObject({ estimate: null, reason: "moving" });
  });

  it("takes a typed cut instead of its own", () => {
    const series = evenly(noise(1000, 1).map((value, i) => (i < 150 ? value + 20 : value)));
    expect(steadyState(series, 0.95, 150).mean).toBeCloseTo(steadyState(series).mean, 12);
    expect(steadyState(series, 0.95, 300).cut).toBe(300);
  });
});

describe("the interval", () => {
  it("of independent values covers their mean about as often as it says", () => {
    let covered = 0;
    let refused = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { estimate } = steadyState(evenly(noise(400, seed)));
      if (estimate === null) refused++;
      else if (estimate.low <= 0 && 0 <= estimate.high) covered++;
    }
    expect(refused).toBeLessThan(30);
    expect(covered / (400 - refused)).toBeGreaterThan(0.9);
    expect(covered / (400 - refused)).toBeLessThan(0.99);
  });

  it("of values that remember covers it nearly as often, because batches that resemble each other are refused", () => {
    let covered = 0;
    let given = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { estimate } = steadyState(evenly(echoes(2000, seed, 0.9)));
      if (estimate === null) continue;
      given++;
      if (estimate.low <= 0 && 0 <= estimate.high) covered++;
    }
    expect(given).toBeGreaterThan(250);
    expect(covered / given).toBeGreaterThan(0.92);
  });

  it("is refused below ten independent batches", () => {
    expect(steadyState(evenly(noise(99, 1)))).toMatchObject({ estimate: null, reason: "short" });
    expect(steadyState(evenly([]))).toMatchObject({ estimate: null, reason: "short", mean: Number.NaN });
    // One slow wave: twenty batches, and yet hardly more than one independent value.
    const wave = Array.from({ length: 400 }, (_, i) => Math.sin((i / 400) * 4 * Math.PI));
    expect(steadyState(evenly(wave)).estimate).toBeNull();
    // Something happens in the first tenth only.
    const rare = { sums: new Array(400).fill(0), weights: new Array(400).fill(0) };
    rare.sums[10] = 5;
    rare.weights[10] = 1;
    expect(steadyState(rare)).toMatchObject({ estimate: null, reason: "short" });
  });

  it("weighs each stretch by what was measured in it", () => {
    const sums = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 30 : 1));
    const weights = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 10 : 1));
    expect(steadyState({ sums, weights }).mean).toBeCloseTo(31 / 11, 12);
  });
});
