import { memo, startTransition, useEffect, useState } from "react";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, XAxis, YAxis } from "recharts";
import { Axes, axisNumber } from "./Axes.tsx";
import { type CurveRow, rowsOf } from "./curve-rows.ts";
import { timeLabel, timeTicks } from "./plot-data.ts";
import { AXIS, BOTTOM, type Picture, RIGHT, TOP } from "./plot-paths.ts";
import { styleOf } from "./series-style.ts";
import type { Sheet } from "./sheets.ts";

const MARGIN = { top: TOP, right: RIGHT, bottom: 0, left: 0 };
const TICK = { fill: "var(--text-3)", fontSize: 11 };

/**
 * Recharts with everything off that costs time: no animation, no tooltip, no legend, no dots, at most 120 points, and no ticks of its own beside ours (it works them out in decimal
 * arithmetic, at each drawing).
 */
const Chart = memo(function Chart({ picture, width, height, isBare }: Sheet & { isBare: boolean }) {
  const { from, to, scale, lines, behind, theory, thresholds, bands } = picture;
  const rows = rowsOf([...lines, ...behind].map(({ series }) => series));
  const top = scale.top * scale.factor;
  if (isBare)
    return <ComposedChart width={width} height={height} data={rows} margin={MARGIN} accessibilityLayer={false} />;
  return (
    <ComposedChart width={width} height={height} data={rows} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      {bands
        .filter((band) => band.to > from && band.from < to)
        .map((band) => (
          <ReferenceArea
            key={`${band.state} ${band.from}`}
            x1={Math.max(from, band.from)}
            x2={Math.min(to, band.to)}
            className={band.state}
            ifOverflow="hidden"
          />
        ))}
      <XAxis
        dataKey="t"
        type="number"
        domain={[from, to]}
        ticks={timeTicks(from, to).map((tick) => tick * 1e6)}
        niceTicks="none"
        tickFormatter={(time: number) => timeLabel(time / 1e6)}
        tick={TICK}
        tickLine={{ stroke: "var(--line-strong)" }}
        tickSize={4}
        axisLine={{ stroke: "var(--line)" }}
        height={BOTTOM}
        interval={0}
        allowDataOverflow
      />
      <YAxis
        width={AXIS}
        domain={[0, top]}
        ticks={scale.ticks.map((tick) => tick * scale.factor)}
        niceTicks="none"
        tickFormatter={(value: number) => axisNumber(Number((value / scale.factor).toPrecision(12)))}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        interval={0}
        allowDataOverflow
      />
      {lines.map(({ index, series }, at) =>
        series.lows.every((low, i) => low === series.highs[i]) ? null : (
          <Area
            key={`range ${index}`}
            type="linear"
            dataKey={(row: CurveRow) => row.ranges[at]}
            stroke="none"
            fill={styleOf(index).color}
            fillOpacity={0.16}
            isAnimationActive={false}
            activeDot={false}
            dot={false}
          />
        ),
      )}
      {behind.map(({ index }, at) => (
        <Line
          key={`kept ${index}`}
          className="kept"
          type="linear"
          dataKey={(row: CurveRow) => row.values[lines.length + at]}
          stroke={styleOf(index).color}
          strokeWidth={1.25}
          strokeDasharray="3 3"
          strokeOpacity={0.75}
          isAnimationActive={false}
          activeDot={false}
          dot={false}
        />
      ))}
      {lines.map(({ index }, at) => (
        <Line
          key={`line ${index}`}
          className="line"
          type="linear"
          dataKey={(row: CurveRow) => row.values[at]}
          stroke={styleOf(index).color}
          strokeWidth={1.75}
          strokeDasharray={styleOf(index).dash}
          isAnimationActive={false}
          activeDot={false}
          dot={false}
        />
      ))}
      {Number.isFinite(theory) && theory <= top && (
        <ReferenceLine
          y={theory}
          className="theory-line"
          stroke="var(--text)"
          strokeWidth={1.5}
          strokeDasharray="6 4"
        />
      )}
      {thresholds
        .filter(({ value }) => value <= top)
        .map(({ value, name, isFiring }) => (
          <ReferenceLine
            key={`${name} ${value}`}
            y={value}
            className={isFiring ? "limit firing" : "limit"}
            stroke={isFiring ? "var(--bad)" : "var(--warn)"}
            strokeWidth={1.25}
            strokeDasharray={isFiring ? "none" : "3 3"}
          />
        ))}
    </ComposedChart>
  );
});

const NOTHING_YET: Partial<Picture> = { lines: [], behind: [], bands: [], thresholds: [], theory: Number.NaN };
/** The chart alone, its axes, everything. */
const STAGES = 2;

/** The first time the chart comes in stages, because Recharts draws all that is new at a stroke; what stood there before stays until its own axes stand. */
export default function Curves(sheet: Sheet) {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (stage >= STAGES) return;
    const timer = setTimeout(() => startTransition(() => setStage(stage + 1)));
    return () => clearTimeout(timer);
  }, [stage]);
  const picture = stage < STAGES ? { ...sheet.picture, ...NOTHING_YET } : sheet.picture;
  return (
    <>
      {stage === 0 && <Axes {...sheet} />}
      <Chart {...sheet} picture={picture} isBare={stage === 0} />
    </>
  );
}
