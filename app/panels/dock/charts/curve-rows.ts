import type { Series } from "../../../../engine/worker/protocol.ts";

/** All series at one time, as Recharts takes them; null where nothing is known. */
export interface CurveRow {
  /** µs */
  t: number;
  values: (number | null)[];
  /** Least and greatest since the value before. */
  ranges: ([number, number] | null)[];
}

/** The value at a time that a series has none of its own for: between its neighbours on a straight line, so that the line is the same with or without it. */
function between(times: Float64Array, values: Float64Array, after: number, time: number): number {
  if (after === 0 || after >= times.length) return Number.NaN;
  const [t0, t1] = [times[after - 1] as number, times[after] as number];
  const [v0, v1] = [values[after - 1] as number, values[after] as number];
  return v0 + ((v1 - v0) * (time - t0)) / (t1 - t0);
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** One row for each time at which any of the series has a value, in order. */
export function rowsOf(series: readonly Pick<Series, "times" | "values" | "lows" | "highs">[]): CurveRow[] {
  const times = [...new Set(series.flatMap((one) => Array.from(one.times)))].sort((a, b) => a - b);
  const at = series.map(() => 0);
  return times.map((t) => {
    const row: CurveRow = { t, values: [], ranges: [] };
    series.forEach((one, i) => {
      let next = at[i] as number;
      while (next < one.times.length && (one.times[next] as number) < t) next++;
      at[i] = next;
      const isOwn = one.times[next] === t;
      const value = (list: Float64Array) => (isOwn ? (list[next] as number) : between(one.times, list, next, t));
      const [low, high] = [value(one.lows), value(one.highs)];
      row.values.push(known(value(one.values)));
      row.ranges.push(Number.isNaN(low) || Number.isNaN(high) ? null : [low, high]);
    });
    return row;
  });
}
