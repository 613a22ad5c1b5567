import { expect, it } from "vitest";
import { newPattern, rateAt, ratePicture, spanOf } from "./rate-picture.ts";

it("draws a burst as the broker will feel it: the burst first, the steady rate between", () => {
  const burst = { p: "burst", rate: 60, on: 5000, off: 15_000 } as const;
  expect([0, 4999, 5000, 19_999, 20_000].map((t) => rateAt(burst, 12, t))).toEqual([60, 60, 12, 12, 60]);
  expect(spanOf(burst)).toBe(40_000);
});

it("holds the last rate of a ramp and the rate setting before the first step", () => {
  const ramp = { p: "ramp", from: 0, to: 10, over: 1000 } as const;
  expect([0, 500, 1000, 9000].map((t) => rateAt(ramp, 2, t))).toEqual([0, 5, 10, 10]);
  const steps = {
    p: "steps",
    steps: [
      { t: 1000, rate: 5 },
      { t: 2000, rate: 7 },
    ],
  } as const;
  expect([0, 1000, 1999, 2000].map((t) => rateAt({ ...steps, steps: [...steps.steps] }, 2, t))).toEqual([2, 5, 5, 7]);
});

it("offers every pattern within the allowed rates, and draws it without holes", () => {
  for (const p of ["steady", "burst", "ramp", "sine", "steps"] as const)
    for (const base of [0, 2, 10_000]) {
      const pattern = newPattern(p, base);
      const { line, most } = ratePicture(pattern, base, 100, 30);
      expect(line).not.toContain("NaN");
      expect(most).toBeLessThanOrEqual(20_000);
      if ("rate" in pattern) expect(pattern.rate).toBeLessThanOrEqual(10_000);
    }
});
