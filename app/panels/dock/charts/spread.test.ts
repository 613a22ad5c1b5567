import { describe, expect, it } from "vitest";
import { barsOf, placeOn, shareBelow } from "./spread.ts";

/** Values with how often they occur, each a group of its own. */
const spread = (values: Record<number, number>) => {
  const list = Object.entries(values).map(([value, count]) => [Number(value), count] as const);
  return {
    count: list.reduce((sum, [, count]) => sum + count, 0),
    min: list[0]?.[0] ?? 0,
    max: list.at(-1)?.[0] ?? 0,
    from: Float64Array.from(list, ([value]) => value),
    to: Float64Array.from(list, ([value]) => (value === 0 ? 1e-3 : value * (1 + 1 / 64))),
    counts: Float64Array.from(list, ([, count]) => count),
  };
};

describe("a distribution as bars", () => {
  it("puts every value into exactly one bar, on both axes", () => {
    const some = spread({ 0: 10, 1000: 5, 5000: 70, 80000: 15 });
    for (const isLog of [false, true]) {
      const bars = barsOf(some, isLog);
      expect(bars.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(bars.at(-1)?.below).toBe(1);
      expect(bars.every(({ share }) => share >= 0)).toBe(true);
      bars.slice(1).forEach((bar, i) => {
        expect(bar.from).toBe(bars[i]?.to);
      });
      const most = bars.reduce((a, b) => (b.share > a.share ? b : a));
      expect(most.from).toBeLessThanOrEqual(5000 * (1 + 1 / 64));
      expect(most.to).toBeGreaterThan(5000);
      expect(most.share).toBeGreaterThanOrEqual(0.7);
    }
  });

  it("holds what is always the same, and what takes no time, in one bar", () => {
    for (const isLog of [false, true]) {
      expect(barsOf(spread({ 80000: 30 }), isLog).filter(({ share }) => share > 0)).toHaveLength(1);
      expect(barsOf(spread({ 0: 30 }), isLog).filter(({ share }) => share > 0)).toHaveLength(1);
      expect(barsOf(spread({}), isLog)).toEqual([]);
    }
  });

  it("knows which share lies below a value", () => {
    const some = spread({ 1000: 1, 2000: 1, 4000: 2 });
    expect([500, 1500, 3000, 5000].map((value) => shareBelow(some, value))).toEqual([0, 0.25, 0.5, 1]);
    expect(shareBelow(spread({}), 1)).toBeNaN();
  });

  it("finds the place of a value on the axis", () => {
    const bars = barsOf(spread({ 10: 1, 100000: 1 }), true);
    expect(placeOn(bars, 10, true)).toBeCloseTo(0, 3);
    expect(placeOn(bars, 1000, true)).toBeCloseTo(0.5, 2);
    expect(placeOn(bars, 1e9, true)).toBe(1);
    expect(placeOn(barsOf(spread({ 100000: 1 }), false), 50_000, false)).toBeCloseTo(0.5, 2);
  });
});
