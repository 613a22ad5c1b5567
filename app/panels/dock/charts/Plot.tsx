import { type Key, memo } from "react";
import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from "recharts";
import { type Row, type Scale, timeLabel } from "./plot-data.ts";
import { isHollow, markerPath, styleOf } from "./series-style.ts";

interface Props {
  width: number;
  height: number;
  rows: Row[];
  /** Which lines are drawn, by their place in `Row.v`. */
  lines: readonly number[];
  scale: Scale;
  /** s */
  from: number;
  to: number;
  ticks: readonly number[];
  /** s; a vertical line there. */
  cursor: number | null;
  axisWidth: number;
}

const MARGIN = { top: 8, right: 18, bottom: 0, left: 0 };
const MARKERS = 5;

/** Recharts with everything off that costs time (stack.md): no animation, no tooltip, no legend; markers on a few points only. */
function Plot({ width, height, rows, lines, scale, from, to, ticks, cursor, axisWidth }: Props) {
  const every = Math.max(1, Math.round(rows.length / MARKERS));
  return (
    <LineChart width={width} height={height} data={rows} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="t"
        type="number"
        domain={[from, to]}
        ticks={[...ticks]}
        tickFormatter={timeLabel}
        tick={{ fill: "var(--text-3)", fontSize: 11 }}
        tickLine={{ stroke: "var(--line-strong)" }}
        axisLine={{ stroke: "var(--line-strong)" }}
        tickSize={4}
        height={22}
        interval={0}
        allowDataOverflow
      />
      <YAxis
        width={axisWidth}
        domain={[0, scale.top]}
        ticks={scale.ticks}
        tick={{ fill: "var(--text-3)", fontSize: 11 }}
        tickFormatter={(value: number) => (value >= 10_000 ? `${value / 1000}k` : String(value))}
        tickLine={false}
        axisLine={false}
        interval={0}
        allowDataOverflow
      />
      {cursor !== null && <ReferenceLine x={cursor} stroke="var(--text-2)" strokeDasharray="2 2" ifOverflow="hidden" />}
      {lines.map((line) => {
        const style = styleOf(line);
        return (
          <Line
            key={line}
            type="linear"
            dataKey={(row: Row) => row.v[line]}
            stroke={style.color}
            strokeWidth={1.75}
            strokeDasharray={style.dash}
            isAnimationActive={false}
            activeDot={false}
            dot={({ cx, cy, index, key }: { cx?: number; cy?: number; index?: number; key?: Key | null }) =>
              cx === undefined ||
              cy === undefined ||
              Number.isNaN(cy) ||
              rows[index ?? 0]?.v[line] === null ||
              // Each line's markers stand elsewhere, so that lines on top of each other still show theirs.
              ((index ?? 0) + Math.round((line * every) / 4)) % every !== 0 ? (
                <g key={key} />
              ) : (
                <path
                  key={key}
                  d={markerPath(style.marker, cx, cy, 3.2)}
                  fill={isHollow(style.marker) ? "var(--surface)" : style.color}
                  stroke={style.color}
                />
              )
            }
          />
        );
      })}
    </LineChart>
  );
}

export default memo(Plot);
