import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "../kernel/invariant.ts";
import { capture, restore } from "../kernel/snapshot.ts";
import { Histogram } from "./histogram.ts";

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** All that a histogram tells. */
function told(histogram: Histogram) {
  const { count, sum, min, max } = histogram;
  const shares = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];
  return { count, sum, min, max, quantiles: shares.map((p) => histogram.quantile(p)) };
}

/** Whole and broken durations from nothing to months, small ones no rarer than large ones. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 10_000_000_000_000 }),
  fc.tuple(fc.integer({ min: -9, max: 43 }), fc.double({ min: 1, max: 2, noNaN: true })).map(([k, m]) => m * 2 ** k),
);
const durations = fc.array(duration, { minLength: 1, maxLength: 300 });

describe("a histogram", () => {
  it("gives every percentile within 1 % of the sorted list's, least and greatest exactly", () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const histogram = of(values);
        const sorted = Float64Array.from(values).sort();
        for (const p of [share, 0, 0.5, 0.95, 0.99, 1]) {
          const rank = Math.min(values.length, Math.max(1, Math.ceil(p * values.length)));
          const exact = sorted[rank - 1] as number;
          expect(Math.abs(histogram.quantile(p) - exact)).toBeLessThanOrEqual(exact * 0.01);
        }
        expect([histogram.quantile(0), histogram.quantile(1)]).toEqual([sorted[0], sorted.at(-1)]);
      }),
      { seed: 2, numRuns: 400 },
    );
  });

  it("is within 1 % at every width of bucket", () => {
    for (let value = 0.01; value < 1e13; value *= 1.0037) {
      // Between two others, so that no extreme helps.
      const histogram = of([0.001, value, 2e13]);
      expect(Math.abs(histogram.quantile(0.5) - value)).toBeLessThanOrEqual(value * 0.0079);
    }
  });

  it("counts what takes no time apart from what takes some", () => {
    const histogram = of([0, 0, 0, 5, 6]);
    expect(histogram.quantile(0.6)).toBe(0);
    expect(histogram.quantile(0.61)).toBeCloseTo(5, 0);
    expect(of([0, 0]).quantile(0.5)).toBe(0);
  });

  it("does not take 7 % of a hundred for the eighth", () => {
    const histogram = of(Array.from({ length: 100 }, (_, i) => (i + 1) * 1000));
    expect(Math.abs(histogram.quantile(0.07) - 7000)).toBeLessThan(70);
  });

  it("keeps mean and extremes exactly", () => {
    const histogram = of([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(histogram.mean()).toBe(5);
    expect([histogram.min, histogram.max, histogram.sum, histogram.count]).toEqual([2, 9, 40, 8]);
  });

  it("adds up to the histogram of both lists, in either order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000)), fc.array(fc.nat(1_000_000)), (a, b) => {
        const sum = of(b);
        of(a).addTo(sum);
        const both = of([...b, ...a]);
        expect(told(sum)).toEqual(told(both));
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it("starts anew after a reset", () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const used = of(a);
        used.reset();
        expect(used.quantile(0.5)).toBeNaN();
        for (const value of b) used.record(value);
        expect(told(used)).toEqual(told(of(b)));
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("counts what is beyond all bounds, and refuses what is no duration", () => {
    const histogram = of([1e-9, 1e25]);
    expect([histogram.min, histogram.max, histogram.count]).toEqual([1e-9, 1e25, 2]);
    expect(() => histogram.record(Number.NaN)).toThrow(InvariantError);
    expect(() => histogram.record(-1)).toThrow(InvariantError);
    expect(histogram.count).toBe(2);
  });

  it("says so when it has nothing", () => {
    const empty = new Histogram();
    expect([empty.quantile(0.5), empty.mean()]).toEqual([Number.NaN, Number.NaN]);
    const other = of([3]);
    empty.addTo(other);
    expect(told(other)).toEqual(told(of([3])));
    other.addTo(empty);
    expect(told(empty)).toEqual(told(of([3])));
  });

  it("tells of three together what their sum tells", () => {
    const some = fc.array(duration, { maxLength: 60 });
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const parts = [of(a), of(b), of(c)] as const;
        const sum = new Histogram();
        for (const part of parts) part.addTo(sum);
        const out = new Float64Array(6).fill(-1);
        Histogram.summarise(...parts, out, 1);
        expect([...out]).toEqual([-1, sum.mean(), sum.quantile(0.5), sum.quantile(0.95), sum.quantile(0.99), -1]);
      }),
      { seed: 3 },
    );
  });

  it("takes many at once as one by one, and nothings by their number", () => {
    fc.assert(
      fc.property(durations, fc.nat({ max: 50 }), (values, nothings) => {
        const zeros = Array.from({ length: nothings }, () => 0);
        const one = of([...values, ...zeros]);
        const many = new Histogram();
        many.recordAll(Float64Array.from([7, ...values, 7]), 1, values.length + 1);
        many.recordNothings(nothings);
        expect(told(many)).toEqual(told(one));
      }),
      { seed: 4 },
    );
  });

  it("lets another one take the same values, as if it had recorded them itself", () => {
    fc.assert(
      fc.property(durations, durations, (known, values) => {
        const one = new Histogram();
        const other = of(known);
        one.recordAll(Float64Array.from(values), 0, values.length, other);
        expect(told(one)).toEqual(told(of(values)));
        expect(told(other)).toEqual(told(of([...known, ...values])));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it("comes back from a snapshot", () => {
    const state = { histogram: of([5, 70, 900]) };
    const before = told(state.histogram);
    const snapshot = capture(state);
    for (let i = 0; i < 100; i++) state.histogram.record(2 ** (i % 40));
    restore(state, snapshot);
    expect(told(state.histogram)).toEqual(before);
    state.histogram.record(11);
    expect(told(state.histogram)).toEqual(told(of([5, 70, 900, 11])));
  });
});
