import { expect, it } from "vitest";
import { inSight } from "./feed.ts";

const list = (...values: number[]) => Float64Array.from(values);
const series = {
  target: "q",
  metric: "ready",
  times: list(1, 2, 3, 4),
  values: list(10, 20, 30, 40),
  lows: list(9, 19, 29, 39),
  highs: list(11, 21, 31, 41),
};

it("takes what lies in a stretch, with its borders, and nothing else", () => {
  const part = inSight(series, { from: 2, to: 3 });
  expect([part.times, part.values, part.lows, part.highs].map((one) => [...one])).toEqual([
    [2, 3],
    [20, 30],
    [19, 29],
    [21, 31],
  ]);
  expect(inSight(series, { from: 0, to: 9 })).toEqual(series);
  for (const stretch of [
    { from: 5, to: 9 },
    { from: 0, to: 0.5 },
    { from: 2.2, to: 2.8 },
  ])
    expect(inSight(series, stretch).times.length).toBe(0);
});
