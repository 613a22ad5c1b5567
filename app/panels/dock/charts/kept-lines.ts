import type { Series } from "../../../../engine/worker/protocol.ts";
import { useDocument } from "../../../store/document.ts";
import { type KeptRun, overlaid, useKept } from "../../../store/kept.ts";
import type { ChartSpec } from "./chart-set.ts";
import type { Stretch } from "./time-range.ts";

/** A line of a run that was kept, by its place in the chart. */
export interface KeptLine {
  index: number;
  series: Series;
}

/** On a picture of a few hundred pixels more would not be seen. */
const POINTS_MAX = 240;

/** What of a curve lies in a stretch of time, with a point on either side, so that the line reaches the edges. */
export function part(series: Series, { from, to }: Stretch): Series {
  const { times } = series;
  const inside = times.findIndex((time) => time >= from);
  const first = Math.max(0, (inside < 0 ? times.length : inside) - 1);
  const beyond = times.findIndex((time) => time > to);
  const last = beyond < 0 ? times.length : beyond + 1;
  const every = Math.max(1, Math.ceil((last - first) / POINTS_MAX));
  const thin = (list: Float64Array) => list.slice(first, last).filter((_, i) => i % every === 0);
  return {
    ...series,
    times: thin(times),
    values: thin(series.values),
    lows: thin(series.lows),
    highs: thin(series.highs),
  };
}

const seriesIn = (run: KeptRun, { target, metric }: { target: string; metric: string }): Series | undefined =>
  run.series.find((one) => one.target === target && one.metric === metric);

/** The lines of the kept run that stand behind a chart (product.md §6, Compare), in the stretch that it shows. */
export function keptLines(chart: ChartSpec, hidden: ReadonlySet<number>, stretch: Stretch): KeptLine[] {
  const run = overlaid(useKept.getState(), useDocument.getState().id);
  if (run === null) return [];
  return chart.series.flatMap((one, index) => {
    const series = hidden.has(index) ? undefined : seriesIn(run, one);
    return series === undefined ? [] : [{ index, series: part(series, stretch) }];
  });
}
