import { describe, expect, it } from "vitest";
import { FOREVER } from "../kernel/time.ts";
import { type RatePattern, rateAt, timeOfNext } from "./arrivals.ts";

/** The area under the rate, by small steps: the slow, obvious answer. */
function area(pattern: RatePattern, from: number, to: number, steps = 20_000): number {
  const step = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += rateAt(pattern, from + (i + 0.5) * step) * step;
  return sum;
}

const PER_SECOND = 1e-6;
const patterns: [string, RatePattern][] = [
  ["steady", { p: "steady", base: 4 * PER_SECOND }],
  ["burst", { p: "burst", base: 2 * PER_SECOND, rate: 20 * PER_SECOND, on: 3e6, off: 7e6 }],
  ["burst with silence between", { p: "burst", base: 0, rate: 5 * PER_SECOND, on: 1e6, off: 9e6 }],
  ["ramp up", { p: "ramp", from: 0, to: 10 * PER_SECOND, over: 20e6 }],
  ["ramp down", { p: "ramp", from: 10 * PER_SECOND, to: 1 * PER_SECOND, over: 5e6 }],
  ["sine", { p: "sine", mean: 5 * PER_SECOND, amp: 4 * PER_SECOND, period: 10e6 }],
  ["sine cut at zero", { p: "sine", mean: 1 * PER_SECOND, amp: 4 * PER_SECOND, period: 10e6 }],
  ["steps", { p: "steps", base: 1 * PER_SECOND, at: [4e6, 8e6], rate: [9 * PER_SECOND, 2 * PER_SECOND] }],
];

describe("the next arrival", () => {
  it.each(patterns)("of %s comes when the rate has added up to the amount", (_name, pattern) => {
    let t = 0;
    for (const amount of [1, 1, 0.25, 3, 1, 7, 1]) {
      const next = timeOfNext(pattern, t, amount);
      expect(next).toBeGreaterThan(t);
      expect(area(pattern, t, next)).toBeCloseTo(amount, 2);
      t = next;
    }
  });

  it("never comes while the rate stays at zero", () => {
    expect(timeOfNext({ p: "steady", base: 0 }, 5, 1)).toBe(FOREVER);
    expect(timeOfNext({ p: "ramp", from: 1 * PER_SECOND, to: 0, over: 1e6 }, 0, 3)).toBe(FOREVER);
    expect(timeOfNext({ p: "steps", base: 1, at: [10], rate: [0] }, 20, 1)).toBe(FOREVER);
    expect(timeOfNext({ p: "burst", base: 0, rate: 0, on: 1e6, off: 1e6 }, 0, 1)).toBe(FOREVER);
  });

  it("begins a burst pattern with the burst", () => {
    const burst: RatePattern = { p: "burst", base: 1, rate: 9, on: 10, off: 10 };
    expect(rateAt(burst, 0)).toBe(9);
    expect(rateAt(burst, 10)).toBe(1);
    expect(rateAt(burst, 20)).toBe(9);
  });
});
