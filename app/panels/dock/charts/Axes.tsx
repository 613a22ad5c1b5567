import styles from "./Plot.module.css";
import { timeLabel, timeTicks } from "./plot-data.ts";
import { AXIS, BOTTOM, type Frame, RIGHT, TOP, xAt, yAt } from "./plot-paths.ts";
import type { Sheet } from "./sheets.ts";

/** A mark of the value axis: `5`, `20k`. */
export const axisNumber = (value: number): string => (value >= 10_000 ? `${value / 1000}k` : String(value));

/** A chart in which nothing has happened yet, to the pixel as Recharts draws it (see Curves.tsx), which is large and comes with the first line. */
export function Axes({ picture: { from, to, scale }, width, height }: Sheet) {
  const frame: Frame = {
    left: AXIS,
    top: TOP,
    width: width - AXIS - RIGHT,
    height: height - TOP - BOTTOM,
    from,
    to,
    highest: scale.top * scale.factor,
  };
  const right = frame.left + frame.width;
  const bottom = frame.top + frame.height;
  const times = timeTicks(from, to).map((tick) => ({ tick, x: xAt(frame, tick * 1e6) }));
  const values = scale.ticks.map((tick) => ({ tick, y: yAt(frame, tick * scale.factor) }));
  return (
    <svg className={styles.axes} width={width} height={height} aria-hidden>
      {values.map(({ tick, y }) => (
        <line key={tick} x1={frame.left} x2={right} y1={y} y2={y} stroke="var(--line)" />
      ))}
      <line x1={frame.left} x2={right} y1={bottom} y2={bottom} stroke="var(--line)" />
      {times.map(({ tick, x }) => (
        <g key={tick}>
          <line x1={x} x2={x} y1={bottom + 4} y2={bottom} stroke="var(--line-strong)" />
          <text x={x} y={bottom + 6} dy="0.71em" textAnchor="middle">
            {timeLabel(tick)}
          </text>
        </g>
      ))}
      {values.map(({ tick, y }) => (
        <text key={tick} x={frame.left - 8} y={y} dy="0.355em" textAnchor="end">
          {axisNumber(tick)}
        </text>
      ))}
    </svg>
  );
}
