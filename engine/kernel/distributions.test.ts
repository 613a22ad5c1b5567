import { describe, expect, it } from "vitest";
import { compileDist, type Dist, distCv, distMean, sample, sampleMicros } from "./distributions.ts";
import { addStream, RandomStreams } from "./random.ts";

const DRAWS = 200_000;

function draws(dist: Dist, count: number, scale = 1, seed = 42): Float64Array {
  const streams = new RandomStreams();
  const stream = addStream(streams, seed, dist.d);
  const sampler = compileDist(dist, scale);
  return Float64Array.from({ length: count }, () => sample(sampler, streams, stream));
}

const cases: Dist[] = [
  { d: "constant", value: 200 },
  { d: "exponential", mean: 50 },
  { d: "uniform", min: 5, max: 25 },
  { d: "normal", mean: 100, sd: 10 },
  { d: "lognormal", mean: 30, cv: 1.5 },
  { d: "erlang", mean: 60, k: 4 },
  { d: "hyperexponential", mean: 20, cv: 2 },
];

describe("each distribution", () => {
  it.each(cases.map((dist) => [dist.d, dist] as const))(
    "%s has its mean and its coefficient of variation",
    (_, dist) => {
      const values = draws(dist, DRAWS);
      const mean = values.reduce((a, b) => a + b) / DRAWS;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / DRAWS;
      // Five standard errors of the mean; the variance of heavy tails settles more slowly.
      expect(Math.abs(mean - distMean(dist))).toBeLessThanOrEqual((5 * Math.sqrt(variance)) / Math.sqrt(DRAWS) + 1e-9);
      expect(Math.abs(Math.sqrt(variance) / mean - distCv(dist))).toBeLessThan(dist.d === "lognormal" ? 0.08 : 0.03);
      expect(Math.min(...values.subarray(0, 1000))).toBeGreaterThanOrEqual(0);
    },
  );

  it.each(cases.map((dist) => [dist.d, dist] as const))("%s scales with the unit, draw by draw", (_, dist) => {
    const plain = draws(dist, 100);
    const scaled = draws(dist, 100, 1000);
    plain.forEach((value, i) => {
      expect(scaled[i]).toBeCloseTo(value * 1000, 6);
    });
  });
});

it("rounds to whole microseconds", () => {
  const streams = new RandomStreams();
  const stream = addStream(streams, 1, "x");
  const sampler = compileDist({ d: "exponential", mean: 3 }, 1000);
  for (let i = 0; i < 100; i++) expect(Number.isInteger(sampleMicros(sampler, streams, stream))).toBe(true);
});

it("takes the same number of draws whatever the parameters, so that runs stay comparable", () => {
  const streams = new RandomStreams();
  const a = addStream(streams, 1, "x");
  const b = addStream(streams, 1, "x");
  const quick = compileDist({ d: "hyperexponential", mean: 1, cv: 1.1 }, 1);
  const slow = compileDist({ d: "hyperexponential", mean: 99, cv: 4 }, 1);
  for (let i = 0; i < 500; i++) {
    sample(quick, streams, a);
    sample(slow, streams, b);
  }
  expect(streams.words.slice(a * 4, a * 4 + 4)).toEqual(streams.words.slice(b * 4, b * 4 + 4));
});
