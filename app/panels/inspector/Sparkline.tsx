import type { Series } from "../../../engine/worker/protocol.ts";
import styles from "./Live.module.css";

const W = 72;
const H = 20;

/** The last minute of a metric, from 0 up. It repeats the figure beside it, so readers of the screen pass it by. */
export function Sparkline({ series, from, to }: { series: Series | undefined; from: number; to: number }) {
  if (series === undefined || series.times.length < 2 || to <= from)
    return <svg className={styles.spark} viewBox={`0 0 ${W} ${H}`} aria-hidden />;
  let most = 0;
  for (const value of series.values) if (value > most) most = value;
  const lines: string[] = [];
  let isOpen = false;
  series.times.forEach((time, i) => {
    const value = series.values[i] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isOpen = false;
      return;
    }
    const x = (((time - from) / (to - from)) * (W - 2) + 1).toFixed(1);
    const y = (H - 2 - (most === 0 ? 0 : (value / most) * (H - 4))).toFixed(1);
    lines.push(`${isOpen ? "L" : "M"}${x} ${y}`);
    isOpen = true;
  });
  return (
    <svg className={styles.spark} viewBox={`0 0 ${W} ${H}`} aria-hidden>
      <path d={lines.join("")} />
    </svg>
  );
}
