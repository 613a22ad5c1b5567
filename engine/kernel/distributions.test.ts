import { describe, expect, it } from "vitest";
import { compileDist, type Dist, distCv, distMean, sample, sampleMicros } from "./distributions.ts";
import { normalBelow } from "./math.ts";
import { addStream, nextInt32, RandomStreams } from "./random.ts";

const DRAWS = 200_000;

function draws(dist: Dist, count: number, scale = 1, name = "draws"): Float64Array {
  const streams = new RandomStreams();
  const stream = addStream(streams, 42, name);
  const sampler = compileDist(dist, scale);
  return Float64Array.from({ length: count }, () => sample(sampler, streams, stream));
}

/** Share of the distribution up to x, from the textbooks' formulas. */
function below(dist: Dist, x: number): number {
  switch (dist.d) {
    case "constant":
      return x < dist.value ? 0 : 1;
    case "exponential":
      return 1 - Math.exp(-x / dist.mean);
    case "uniform":
      return Math.min(1, Math.max(0, (x - dist.min) / (dist.max - dist.min)));
    case "normal":
      return x < 0 ? 0 : normalBelow((x - dist.mean) / dist.sd);
    case "lognormal": {
      const variance = Math.log(1 + dist.cv ** 2);
      return normalBelow((Math.log(x / dist.mean) + variance / 2) / Math.sqrt(variance));
    }
    case "erlang": {
      const y = (x * dist.k) / dist.mean;
      let term = Math.exp(-y);
      let sum = 0;
      for (let i = 0; i < dist.k; i++) {
        sum += term;
        term *= y / (i + 1);
      }
      return 1 - sum;
    }
    case "hyperexponential": {
      const p = (1 + Math.sqrt((dist.cv ** 2 - 1) / (dist.cv ** 2 + 1))) / 2;
      const part = (q: number) => q * Math.exp((-2 * q * x) / dist.mean);
      return 1 - part(p) - part(1 - p);
    }
  }
}

const cases: Dist[] = [
  { d: "constant", value: 200 },
  { d: "exponential", mean: 50 },
  { d: "uniform", min: 5, max: 25 },
  { d: "uniform", min: 0, max: 1 },
  { d: "normal", mean: 100, sd: 10 },
  { d: "normal", mean: 10, sd: 10 },
  { d: "lognormal", mean: 30, cv: 0.3 },
  { d: "lognormal", mean: 30, cv: 1.5 },
  { d: "erlang", mean: 60, k: 1 },
  { d: "erlang", mean: 60, k: 7 },
  { d: "hyperexponential", mean: 20, cv: 1 },
  { d: "hyperexponential", mean: 20, cv: 2 },
];
const named = cases.map((dist) => [JSON.stringify(dist), dist] as const);

describe("each distribution", () => {
  it.each(named)("%s has its mean and its spread", (_, dist) => {
    const values = draws(dist, DRAWS);
    const mean = values.reduce((a, b) => a + b) / DRAWS;
    const squares = values.map((v) => (v - mean) ** 2);
    const variance = squares.reduce((a, b) => a + b) / DRAWS;
    const spreadOfSquares = squares.reduce((sum, s) => sum + (s - variance) ** 2, 0) / DRAWS;
    // Four standard errors of each estimate.
    expect(Math.abs(mean - distMean(dist))).toBeLessThanOrEqual(4 * Math.sqrt(variance / DRAWS) + 1e-9);
    const expected = (distCv(dist) * distMean(dist)) ** 2;
    expect(Math.abs(variance - expected)).toBeLessThanOrEqual(4 * Math.sqrt(spreadOfSquares / DRAWS) + 1e-9);
  });

  it.each(named)("%s has its form: Kolmogorov and Smirnov's distance", (_, dist) => {
    const values = draws(dist, DRAWS, 1, "form").sort();
    let distance = 0;
    for (let i = 0; i < DRAWS; i++) {
      const x = values[i] as number;
      // Where a lump stands (a constant, the zeros of the cut normal) only its upper end is on the curve.
      if (values[i + 1] !== x) distance = Math.max(distance, Math.abs((i + 1) / DRAWS - below(dist, x)));
    }
    // Passed by 999 of 1,000 seeds.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(DRAWS));
  });

  it.each(named)("%s is never negative and scales with the unit, draw by draw", (_, dist) => {
    const plain = draws(dist, 1000);
    const scaled = draws(dist, 1000, 1000);
    plain.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(Math.abs((scaled[i] as number) - value * 1000)).toBeLessThanOrEqual(1e-9 * value * 1000);
    });
  });

  it.each([
    [0, { d: "constant", value: 3 }],
    [1, { d: "exponential", mean: 3 }],
    [1, { d: "uniform", min: 1, max: 2 }],
    [2, { d: "normal", mean: 3, sd: 9 }],
    [2, { d: "lognormal", mean: 3, cv: 2 }],
    [2, { d: "lognormal", mean: 0, cv: 2 }],
    [5, { d: "erlang", mean: 3, k: 5 }],
    [2, { d: "hyperexponential", mean: 3, cv: 4 }],
    [2, { d: "hyperexponential", mean: 3, cv: 1 }],
  ] as [number, Dist][])("takes %d numbers from its stream each time: %o", (count, dist) => {
    const streams = new RandomStreams();
    const drawn = addStream(streams, 1, "x");
    const counted = addStream(streams, 1, "x");
    const sampler = compileDist(dist, 1);
    for (let i = 0; i < 200; i++) {
      sample(sampler, streams, drawn);
      for (let n = 0; n < count; n++) nextInt32(streams, counted);
      expect(streams.words.slice(drawn * 4, drawn * 4 + 4)).toEqual(streams.words.slice(counted * 4, counted * 4 + 4));
    }
  });

  it("gives these bits for ever: written down once", () => {
    const view = new DataView(new ArrayBuffer(8));
    const bits = (dist: Dist) =>
      [...draws(dist, 2, 1000, "golden")].map((x) => {
        view.setFloat64(0, x);
        return view.getBigUint64(0).toString(16);
      });
    expect(
      Object.fromEntries(cases.slice(1).map((dist) => [JSON.stringify(dist), bits(dist).join(" ")])),
    ).toMatchInlineSnapshot(`
      {
        "{"d":"erlang","mean":60,"k":1}": "40a97bc09634389f 40ca35d998cd7d59",
        "{"d":"erlang","mean":60,"k":7}": "40e99259870eb67c 40ef835541f2a0bc",
        "{"d":"exponential","mean":50}": "40a53c75d280d9da 40c5d78aaa009320",
        "{"d":"hyperexponential","mean":20,"cv":1}": "40b1793bbb33a8e6 40db650a67bd86ac",
        "{"d":"hyperexponential","mean":20,"cv":2}": "40a3b168906e107d 40cedfd0482a3529",
        "{"d":"lognormal","mean":30,"cv":0.3}": "40dce80d0cf33cbd 40dc1d8bd0f91a58",
        "{"d":"lognormal","mean":30,"cv":1.5}": "40d222c6c4a26251 40d05dfd60175785",
        "{"d":"normal","mean":10,"sd":10}": "40c58164cd7dae28 40c3a8cdcb3fc27f",
        "{"d":"normal","mean":100,"sd":10}": "40f8a92c99afb5c5 40f86e19b967f850",
        "{"d":"uniform","min":0,"max":1}": "408d98b1a14a2000 4088fcaf5720a000",
        "{"d":"uniform","min":5,"max":25}": "40d7616f04ce5400 40d47fed96746400",
      }
    `);
  });
});

it("rounds to whole microseconds, halves up", () => {
  const streams = new RandomStreams();
  const stream = addStream(streams, 1, "x");
  const sampler = compileDist({ d: "exponential", mean: 3 }, 1000);
  for (let i = 0; i < 100; i++) expect(Number.isInteger(sampleMicros(sampler, streams, stream))).toBe(true);
  const rounded = [0.4994, 0.4996, 2.0005, 7].map((value) =>
    sampleMicros(compileDist({ d: "constant", value }, 1000), streams, stream),
  );
  expect(rounded).toEqual([499, 500, 2001, 7000]);
});

it("knows the moments of degenerate distributions", () => {
  const nothing: Dist[] = [
    { d: "exponential", mean: 0 },
    { d: "uniform", min: 0, max: 0 },
    { d: "normal", mean: 0, sd: 0 },
    { d: "lognormal", mean: 0, cv: 3 },
    { d: "erlang", mean: 0, k: 2 },
    { d: "hyperexponential", mean: 0, cv: 3 },
  ];
  for (const dist of nothing) {
    expect([distMean(dist), distCv(dist)]).toEqual([0, 0]);
    expect([...draws(dist, 3)]).toEqual([0, 0, 0]);
  }
  // max(0, Z): mean 1/√(2π), second moment ½.
  const half: Dist = { d: "normal", mean: 0, sd: 1 };
  expect(distMean(half)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 14);
  expect(distCv(half)).toBeCloseTo(Math.sqrt(Math.PI - 1), 13);
  expect([...draws({ d: "normal", mean: 5, sd: 0 }, 2)]).toEqual([5, 5]);
  expect([...draws({ d: "lognormal", mean: 5, cv: 0 }, 2)]).toEqual([5, 5]);
});

it("keeps the balanced means of a hyperexponential however wide it is", () => {
  // E[X²] = Σ pᵢ·2mᵢ² must be mean²(1 + cv²), also where 1 − p would have lost its digits.
  for (const cv of [1, 1.5, 10, 100]) {
    const { a: q, b: rare, c: usual } = compileDist({ d: "hyperexponential", mean: 3, cv }, 1);
    expect(q * rare).toBeCloseTo(1.5, 13);
    expect((1 - q) * usual).toBeCloseTo(1.5, 13);
    expect((2 * q * rare ** 2 + 2 * (1 - q) * usual ** 2) / 9 / (1 + cv ** 2)).toBeCloseTo(1, 12);
  }
});
