import { describe, expect, it } from "vitest";
import type { Series } from "../../../../engine/worker/protocol.ts";
import {
  highestOf,
  ROWS_MAX,
  rowsOf,
  scaleFor,
  stretchOf,
  summarize,
  tableOf,
  timeLabel,
  timeTicks,
  valueAt,
} from "./plot-data.ts";

const series = (times: readonly number[], values: readonly number[], metric = "ready"): Series => ({
  target: "q1",
  metric,
  times: Float64Array.from(times, (t) => t * 1e6),
  values: Float64Array.from(values),
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

describe("rows of a chart", () => {
  it("share the times of series that were sampled together, with gaps where nothing is known", () => {
    const a = series([0, 0.5, 1], [1, 2, 3]);
    const b = series([0, 0.5, 1], [Number.NaN, 5, Number.NaN]);
    expect(rowsOf([a, b], 1)).toEqual([
      { t: 0, v: [1, null] },
      { t: 0.5, v: [2, 5] },
      { t: 1, v: [3, null] },
    ]);
  });

  it("are at most 120 and keep a single peak and a single hole of a long run", () => {
    const long = range(1000, (i) => (i === 333 ? 900 : i === 700 ? 0 : 100));
    const rows = rowsOf([long, range(1000, () => 1)], 1);
    expect(rows.length).toBeLessThanOrEqual(ROWS_MAX);
    const values = rows.map((row) => row.v[0]);
    expect(Math.max(...(values as number[]))).toBe(900);
    expect(Math.min(...(values as number[]))).toBe(0);
    expect(rows.every((row) => row.v[1] === 1)).toBe(true);
  });

  it("are in order of time even when the engine thinned each series by itself", () => {
    const a = series([0, 3, 7, 9], [1, 9, 1, 2]);
    const b = series([0, 2, 8, 9], [4, 4, 0, 4]);
    const rows = rowsOf([a, b], 1);
    expect(rows.map(({ t }) => t)).toEqual([...rows.map(({ t }) => t)].sort((x, y) => x - y));
    expect(rows.flatMap(({ v }) => v[0] ?? [])).toEqual([1, 9, 1, 2]);
    expect(rows.flatMap(({ v }) => v[1] ?? [])).toEqual([4, 4, 0, 4]);
  });

  it("are none without data", () => {
    expect(rowsOf([series([], [])], 1)).toEqual([]);
    expect(rowsOf([], 1)).toEqual([]);
    expect(highestOf([series([0], [Number.NaN])])).toBeNaN();
  });
});

it("reads the newest value at or before a time", () => {
  const one = series([1, 2, 3], [10, 20, 30]);
  expect([0.5e6, 1e6, 2.5e6, 9e6].map((t) => valueAt(one, t))).toEqual([Number.NaN, 10, 20, 30]);
});

it("tells now, lowest, highest and where it is going", () => {
  expect(summarize(range(20, (i) => i))).toEqual({ now: 19, min: 0, max: 19, trend: "rising" });
  expect(summarize(range(20, (i) => 40 - i))?.trend).toBe("falling");
  expect(summarize(range(20, () => 5))).toEqual({ now: 5, min: 5, max: 5, trend: "steady" });
  expect(summarize(range(20, (i) => i % 2))?.trend).toBe("steady");
  expect(summarize(series([0], [Number.NaN]))).toBeNull();
});

it("shows a window of full width from the start, and follows the clock after it", () => {
  expect(stretchOf(5e6, 30)).toEqual({ from: 0, to: 30e6 });
  expect(stretchOf(100e6, 30)).toEqual({ from: 70e6, to: 100e6 });
  expect(stretchOf(100e6, null)).toEqual({ from: 0, to: 100e6 });
  expect(stretchOf(0, null).to).toBeGreaterThan(0);
});

it("marks round times, four or five of them, and writes them as a clock", () => {
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
  for (const { time, values } of rows) expect(values[0]).toBe((time / 1e6) * 2);
  expect(tableOf([series([], [])], 0, 30e6)).toEqual([]);
});
