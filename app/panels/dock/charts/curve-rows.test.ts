import { describe, expect, it } from "vitest";
import { rowsOf } from "./curve-rows.ts";

const series = (times: number[], values: number[]) => ({
  times: Float64Array.from(times),
  values: Float64Array.from(values),
  lows: Float64Array.from(values, (value) => value - 1),
  highs: Float64Array.from(values, (value) => value + 1),
});

describe("rows of a chart", () => {
  it("have every time once, in order, with each series on its own line", () => {
    const rows = rowsOf([series([0, 2, 4], [0, 10, 20]), series([1, 4], [3, 9])]);
    expect(rows.map(({ t }) => t)).toEqual([0, 1, 2, 4]);
    expect(rows.map(({ values }) => values)).toEqual([
      [0, null],
      [5, 3],
      [10, 5],
      [20, 9],
    ]);
    expect(rows[1]?.ranges).toEqual([
      [4, 6],
      [2, 4],
    ]);
  });

  it("keep gaps, and begin and end with each series", () => {
    const rows = rowsOf([series([0, 2, 4], [1, Number.NaN, 3]), series([1, 3], [1, 1])]);
    expect(rows.map(({ values }) => values[0])).toEqual([1, null, null, null, 3]);
    expect(rows.map(({ values }) => values[1])).toEqual([null, 1, 1, 1, null]);
  });
});
