import { describe, expect, it } from "vitest";
import type { Dist } from "../../../engine/scenario/index.ts";
import { density, densityPicture, meanOf, p95Of, withShape } from "./density.ts";

const DISTS: readonly Dist[] = [
  { d: "exponential", mean: 200 },
  { d: "uniform", min: 100, max: 300 },
  { d: "normal", mean: 200, sd: 30 },
  { d: "lognormal", mean: 200, cv: 0.8 },
  { d: "erlang", mean: 200, k: 4 },
  { d: "hyperexponential", mean: 200, cv: 2 },
];

/** Mean of the drawn density, by sums: the picture must not lie about where the weight is. */
function drawnMean(dist: Dist): number {
  let weight = 0;
  let moment = 0;
  for (let x = 0.5; x < 20_000; x++) {
    const y = density(dist, x);
    weight += y;
    moment += x * y;
  }
  return moment / weight;
}

describe("the picture of a distribution", () => {
  it.each(DISTS)("has the mean of $d where the numbers say it is", (dist) => {
    expect(drawnMean(dist)).toBeGreaterThan(meanOf(dist) * 0.99);
    expect(drawnMean(dist)).toBeLessThan(meanOf(dist) * 1.01);
  });

  it.each(DISTS)("of $d stays inside its box", (dist) => {
    const { area, mean, end } = densityPicture(dist, 200, 30);
    expect(area).not.toContain("NaN");
    const heights = [...area.matchAll(/ (-?[\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThanOrEqual(30);
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(200);
    expect(end).toBeGreaterThan(meanOf(dist));
  });

  it("knows where 95 % lie below", () => {
    expect(p95Of({ d: "exponential", mean: 100 }) / (100 * Math.log(20))).toBeCloseTo(1, 1);
    expect(p95Of({ d: "uniform", min: 0, max: 100 }) / 95).toBeCloseTo(1, 1);
    expect(p95Of({ d: "constant", value: 7 })).toBe(7);
  });

  it("is a spike for a single value, whatever form it has", () => {
    for (const dist of [
      { d: "constant", value: 5 },
      { d: "uniform", min: 5, max: 5 },
      { d: "normal", mean: 5, sd: 0 },
      { d: "exponential", mean: 0 },
    ] satisfies Dist[])
      expect(densityPicture(dist, 200, 30).spike).toBe(true);
  });
});

it("keeps the mean when the form changes", () => {
  for (const from of DISTS)
    for (const to of DISTS) expect(meanOf(withShape(from, to.d)), `${from.d} to ${to.d}`).toBeCloseTo(meanOf(from), 9);
});
