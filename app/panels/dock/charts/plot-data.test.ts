import { describe, expect, it } from "vitest";
import type { Series } from "../../../../engine/worker/protocol.ts";
import {
  crossings,
  hasData,
  highestOf,
  readingAt,
  scaleFor,
  summarize,
  tableOf,
  timeBeside,
  timeLabel,
  timeTicks,
} from "./plot-data.ts";

const series = (times: readonly number[], values: readonly number[], metric = "ready"): Series => ({
  target: "q1",
  metric,
  times: Float64Array.from(times, (t) => t * 1e6),
  values: Float64Array.from(values),
  lows: Float64Array.from(values),
  highs: Float64Array.from(values),
});
const range = (count: number, value: (i: number) => number) =>
  series(
    Array.from({ length: count }, (_, i) => i / 2),
    Array.from({ length: count }, (_, i) => value(i)),
  );

describe("an axis", () => {
  it("begins at 0, holds the highest value, and has two to four lines at round numbers", () => {
    for (const highest of [0.3, 1, 7, 49, 50, 51, 199, 1234, 99_999]) {
      const { top, ticks } = scaleFor("rate", highest);
      expect(ticks[0]).toBe(0);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(top, String(highest)).toBeLessThanOrEqual(highest * 2.5);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
    expect(scaleFor("count", 1).ticks).toEqual([0, 1, 2]);
    expect(scaleFor("count", Number.NaN).ticks).toEqual([0, 1, 2]);
  });

  it("shows times in the unit that suits the longest, and shares against their whole", () => {
    expect(scaleFor("time", 240_000)).toMatchObject({ unit: "ms", factor: 1000 });
    expect(scaleFor("time", 3_500_000)).toMatchObject({ unit: "s", factor: 1e6 });
    expect(scaleFor("time", Number.NaN).unit).toBe("ms");
    expect(scaleFor("share", 0.2)).toMatchObject({ unit: "share", factor: 0.01, top: 100 });
  });
});

it("knows whether there is anything to draw, and how high it reaches", () => {
  expect(hasData([series([], [])])).toBe(false);
  expect(hasData([series([0], [Number.NaN])])).toBe(false);
  expect(hasData([series([0], [0])])).toBe(true);
  expect(highestOf([series([0], [Number.NaN])])).toBeNaN();
  expect(highestOf([{ ...series([0, 1], [1, 2]), highs: Float64Array.of(7, 2) }])).toBe(7);
});

it("reads the newest value at or before a time, with what was seen on the way to it", () => {
  const one = { ...series([1, 2, 3], [10, 20, 30]), lows: Float64Array.of(9, 11, 22) };
  expect([0.5e6, 1e6, 2.5e6, 9e6].map((t) => readingAt(one, t).value)).toEqual([Number.NaN, 10, 20, 30]);
  expect(readingAt(one, 2.5e6)).toEqual({ value: 20, low: 11, high: 20 });
});

it("goes from value to value along the time", () => {
  const { times } = series([1, 2, 4], [0, 0, 0]);
  expect([0, 1.4e6, 1.6e6, 3.5e6, 9e6].map((t) => timeBeside(times, t))).toEqual([1e6, 1e6, 2e6, 4e6, 4e6]);
  expect([-1, 1, 5, -5].map((by) => timeBeside(times, 2e6, by))).toEqual([1e6, 4e6, 4e6, 1e6]);
  expect(timeBeside(new Float64Array(0), 1)).toBeNull();
});

it("counts how often a limit was passed", () => {
  expect(crossings(series([0, 1, 2, 3, 4], [1, 9, Number.NaN, 2, 9]), 5)).toBe(3);
  expect(crossings(series([0, 1], [5, 5]), 5)).toBe(0);
});

it("tells now, lowest, highest and where it is going", () => {
  expect(summarize(range(20, (i) => i))).toEqual({ now: 19, min: 0, max: 19, trend: "rising" });
  expect(summarize(range(20, (i) => 40 - i))?.trend).toBe("falling");
  expect(summarize(range(20, () => 5))).toEqual({ now: 5, min: 5, max: 5, trend: "steady" });
  expect(summarize(range(20, (i) => i % 2))?.trend).toBe("steady");
  expect(summarize(series([0], [Number.NaN]))).toBeNull();
});

it("marks round times, four or five of them, and writes them as a clock", () => {
  expect(timeTicks(10e6, 12e6)).toEqual([10, 10.5, 11, 11.5, 12]);
  expect(timeLabel(10.5)).toBe("0:10.5");
  expect(timeTicks(0, 30e6)).toEqual([0, 10, 20, 30]);
  expect(timeTicks(72.4e6, 102.4e6)).toEqual([80, 90, 100]);
  for (const length of [7, 30, 45, 120, 600, 5000, 200_000])
    expect(timeTicks(3e6, (3 + length) * 1e6).length, String(length)).toBeLessThanOrEqual(5);
  expect([0, 65, 3725].map(timeLabel)).toEqual(["0:00", "1:05", "1:02:05"]);
});

it("makes a table of at most twelve round times, newest first", () => {
  const rows = tableOf([range(100, (i) => i)], 0, 60e6);
  expect(rows.length).toBeLessThanOrEqual(12);
  expect(rows[0]?.time).toBeGreaterThan(rows[1]?.time ?? 0);
  for (const { time, readings } of rows) expect(readings[0]?.value).toBe((time / 1e6) * 2);
  expect(tableOf([series([], [])], 0, 30e6)).toEqual([]);
});
