import type { SweepPoint } from "../../../../engine/metrics/plan.ts";
import { scaleFor } from "../charts/plot-data.ts";
import styles from "./Experiments.module.css";

const WIDTH = 460;
const HEIGHT = 190;
const LEFT = 46;
const RIGHT = 14;
const TOP = 10;
const BOTTOM = 22;

/**
 * Mean over the swept value, with intervals as bars and theory dashed. The table beside it holds the same figures and buttons.
 * @param onPick a point was clicked
 */
export function SweepPlot({
  points,
  label,
  onPick,
}: {
  points: readonly SweepPoint[];
  label: string;
  onPick(point: SweepPoint): void;
}) {
  const known = points.filter(({ value, estimate }) => typeof value === "number" && Number.isFinite(estimate.mean));
  const highs = known.flatMap(({ estimate: { mean, half }, theory }) => [
    mean + (Number.isFinite(half) ? half : 0),
    Number.isFinite(theory) ? theory : 0,
  ]);
  const scale = scaleFor("rate", Math.max(0, ...highs));
  const values = known.map(({ value }) => Number(value));
  const from = Math.min(...values);
  const to = Math.max(...values);
  const x = (value: number) =>
    from === to ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + ((value - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - Math.min(1, Math.max(0, value / scale.top))) * (HEIGHT - TOP - BOTTOM);
  const path = (of: (point: SweepPoint) => number) =>
    known
      .filter((point) => Number.isFinite(of(point)))
      .map((point, i) => `${i === 0 ? "M" : "L"}${x(Number(point.value)).toFixed(1)} ${y(of(point)).toFixed(1)}`)
      .join("");
  const every = Math.max(1, Math.ceil(known.length / 8));
  return (
    <svg className={styles.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} className={styles.grid} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {known.map(({ value }, i) =>
        i % every === 0 ? (
          <text key={String(value)} x={x(Number(value))} y={HEIGHT - 6} textAnchor="middle">
            {String(value)}
          </text>
        ) : null,
      )}
      <path d={path(({ theory }) => theory)} className={styles.theory} data-line="theory" />
      <path d={path(({ estimate }) => estimate.mean)} className={styles.mean} data-line="mean" />
      {known.map((point) => {
        const { value, estimate } = point;
        const { mean, half } = estimate;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the buttons of the table beside it do the same for keys and readers
          <g key={String(value)} className={styles.pick} onClick={() => onPick(point)}>
            <rect x={x(Number(value)) - 9} y={y(mean) - 9} width="18" height="18" className={styles.reach} />
            {Number.isFinite(half) && (
              <path
                d={`M${x(Number(value))} ${y(mean - half)}V${y(mean + half)}m-4 0h8M${x(Number(value)) - 4} ${y(mean - half)}h8`}
                className={styles.bar}
              />
            )}
            <circle cx={x(Number(value))} cy={y(mean)} r="3.5" className={styles.dot} />
          </g>
        );
      })}
    </svg>
  );
}
