import { describe, expect, it } from "vitest";
import { compileDist, sample } from "../kernel/distributions.ts";
import { InvariantError } from "../kernel/invariant.ts";
import { addStream, RandomStreams } from "../kernel/random.ts";
import { batchMeans, interval, studentQuantile } from "./batch-means.ts";
import { mm1 } from "./theory.ts";

describe("Student's t", () => {
  it.each([
    [0.975, 1, 12.706204736174705],
    [0.975, 2, 4.302652729749464],
    [0.975, 5, 2.5705818356363155],
    [0.975, 19, 2.0930240544083096],
    [0.995, 19, 2.860934606464979],
    [0.995, 11, 3.105806515539281],
    [0.95, 30, 1.6972608865939578],
    [0.9995, 3, 12.923978636687483],
    [0.9995, 1, 636.6192487687196],
    [0.975, 200, 1.9718962236339095],
    [0.6, 4, 0.27072229470759746],
  ])("has the quantiles of the tables: %d with %d degrees of freedom", (p, degrees, want) => {
    expect(Math.abs(studentQuantile(p, degrees) - want)).toBeLessThan(1e-12 * want);
    expect(studentQuantile(1 - p, degrees)).toBeCloseTo(-want, 8);
  });

  it("is 0 in the middle, and nearly normal with many degrees of freedom", () => {
    expect(studentQuantile(0.5, 7)).toBe(0);
    expect(studentQuantile(0.975, 100_000)).toBeCloseTo(1.95998, 4);
  });

  it("refuses what is no share and no degree of freedom", () => {
    expect(() => studentQuantile(1, 5)).toThrow(InvariantError);
    expect(() => studentQuantile(0, 5)).toThrow(InvariantError);
    expect(() => studentQuantile(0.9, 0)).toThrow(InvariantError);
    expect(() => studentQuantile(0.9, 2.5)).toThrow(InvariantError);
    expect(() => interval([1, 2], 1)).toThrow(InvariantError);
  });
});

describe("an interval", () => {
  it("is mean ± t·s/√n", () => {
    const estimate = interval([2, 4, 4, 4, 5, 5, 7, 9], 0.95);
    expect(estimate.mean).toBe(5);
    // s² = 32/7, t(0.975, 7) = 2.36462…
    expect(estimate.half).toBeCloseTo(2.3646242515927853 * Math.sqrt(32 / 7 / 8), 12);
    expect([estimate.low, estimate.high]).toEqual([5 - estimate.half, 5 + estimate.half]);
    expect(estimate.count).toBe(8);
  });

  it("tells how neighbours are correlated", () => {
    expect(interval([1, 2, 3, 4, 5, 6, 7, 8]).correlation).toBeCloseTo(0.625, 12);
    expect(interval([1, -1, 1, -1, 1, -1]).correlation).toBeCloseTo(-5 / 6, 12);
    expect(interval([3, 3, 3]).correlation).toBe(0);
  });

  it("admits when it cannot tell", () => {
    expect(interval([7]).half).toBe(Number.POSITIVE_INFINITY);
    expect(interval([7]).mean).toBe(7);
    expect(interval([]).mean).toBeNaN();
    expect(batchMeans([]).mean).toBeNaN();
    expect(batchMeans([3]).half).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("batch means", () => {
  it("cuts a series into twenty, leaving out what is too much at the front", () => {
    const series = Array.from({ length: 107 }, (_, i) => (i < 7 ? 1e9 : i));
    const estimate = batchMeans(series);
    expect(estimate.count).toBe(20);
    expect(estimate.mean).toBeCloseTo((7 + 106) / 2, 12);
    expect(batchMeans([1, 2, 3]).count).toBe(3);
    expect(batchMeans(new Float64Array(100).fill(4))).toMatchObject({ mean: 4, half: 0, low: 4, high: 4 });
    expect(batchMeans(series, 0.95, 10).count).toBe(10);
  });

  it("covers the true mean as often as it says, for waits of M/M/1 that are strongly correlated", () => {
    const [lambda, mu] = [0.7, 1];
    const truth = mm1(lambda, mu).wq;
    const streams = new RandomStreams();
    const stream = addStream(streams, 3, "lindley");
    const gap = compileDist({ d: "exponential", mean: 1 / lambda }, 1);
    const service = compileDist({ d: "exponential", mean: 1 / mu }, 1);
    const runs = 200;
    let covered = 0;
    let naive = 0;
    for (let run = 0; run < runs; run++) {
      const waits = new Float64Array(10_000);
      let wait = 0;
      for (let i = -500; i < waits.length; i++) {
        // Lindley: the next one waits for what is left of this one's wait and service when it comes.
        wait = Math.max(0, wait + sample(service, streams, stream) - sample(gap, streams, stream));
        if (i >= 0) waits[i] = wait;
      }
      const { low, high } = batchMeans(waits, 0.9);
      if (low <= truth && truth <= high) covered++;
      const single = interval([...waits], 0.9);
      if (single.low <= truth && truth <= single.high) naive++;
    }
    // 90 % of 200 are 180 ± 4.2; batches of 500 are a little short, which costs a few.
    expect(covered).toBeGreaterThan(165);
    expect(covered).toBeLessThan(195);
    // Taking each wait for independent is what batches are there to avoid.
    expect(naive).toBeLessThan(80);
  });
});
