import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Histogram } from "./histogram.ts";

function of(values: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

const durations = fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 300 });

describe("a histogram", () => {
  it("gives every percentile within 1 % of the sorted list's", () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0, 0.1, 0.5, 0.9, 0.95, 0.99, 1), (values, p) => {
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(p * values.length)) - 1] as number;
        expect(Math.abs(of(values).quantile(p) - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.01));
      }),
      { seed: 2 },
    );
  });

  it("keeps mean, variance and extremes exactly", () => {
    const histogram = of([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(histogram.mean()).toBe(5);
    expect(histogram.variance()).toBe(4);
    expect([histogram.min, histogram.max]).toEqual([2, 9]);
  });

  it("adds up to the histogram of both lists, and starts anew after a reset", () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const sum = of(b);
        of(a).addTo(sum);
        const both = of([...a, ...b]);
        expect(sum.count).toBe(both.count);
        expect(sum.counts).toEqual(both.counts);
        sum.reset();
        expect(sum.counts.every((count) => count === 0)).toBe(true);
        expect(sum.count).toBe(0);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it("says so when it has nothing", () => {
    expect(new Histogram().quantile(0.5)).toBeNaN();
    expect(new Histogram().mean()).toBeNaN();
  });
});
