import { memo } from "react";
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
  /** What theory says, in shown units; a dashed line across. */
  theory: number | null;
}

const MARGIN = { top: 8, right: 18, bottom: 0, left: 0 };
const AXIS_HEIGHT = 22;
/** On each line, so that it can be told from the others without colour. */
const MARKERS = 5;

/**
 * Markers on a few points of each line, drawn over the chart: a marker component of Recharts would be asked about every point at every update, which costs more than all
 * lines together. Each line's markers stand elsewhere, so that lines on top of each other still show theirs.
 */
function Markers({ width, height, rows, lines, scale, from, to, axisWidth }: Props) {
  const across = width - axisWidth - MARGIN.right;
  const down = height - MARGIN.top - AXIS_HEIGHT;
  const every = Math.max(1, Math.round(rows.length / MARKERS));
  return (
    <svg width={width} height={height} aria-hidden style={{ position: "absolute", inset: 0, pointerEvents: "none" }}>
      {lines.map((line) => {
        const { marker, color } = styleOf(line);
        const path = rows
          .filter(
            (row, index) => (index + Math.round((line * every) / 4)) % every === 0 && row.t >= from && row.t <= to,
          )
          .map(({ t, v }) => {
            const value = v[line] ?? null;
            if (value === null) return "";
            const x = axisWidth + ((t - from) / (to - from)) * across;
            return markerPath(marker, x, MARGIN.top + (1 - value / scale.top) * down, 3.2);
          })
          .join("");
        return <path key={line} d={path} fill={isHollow(marker) ? "var(--surface)" : color} stroke={color} />;
      })}
    </svg>
  );
}

/** Recharts with everything off that costs time (stack.md): no animation, no tooltip, no legend, no dots. */
function Plot(props: Props) {
  const { width, height, rows, lines, scale, from, to, ticks, cursor, axisWidth, theory } = props;
  return (
    <>
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
          height={AXIS_HEIGHT}
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
        {cursor !== null && (
          <ReferenceLine x={cursor} stroke="var(--text-2)" strokeDasharray="2 2" ifOverflow="hidden" />
        )}
        {theory !== null && (
          <ReferenceLine
            y={theory}
            stroke="var(--text)"
            strokeWidth={1.5}
            strokeDasharray="6 4"
            ifOverflow="hidden"
            className="theory-line"
          />
        )}
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
              dot={false}
            />
          );
        })}
      </LineChart>
      <Markers {...props} />
    </>
  );
}

export default memo(Plot);
