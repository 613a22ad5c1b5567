import styles from "./Charts.module.css";
import { isHollow, markerPath, styleOf } from "./series-style.ts";

/** How a line looks, beside its name. */
export function Swatch({ index }: { index: number }) {
  const { color, dash, marker } = styleOf(index);
  return (
    <svg className={styles.swatch} width="26" height="12" aria-hidden>
      <line x1="1" x2="25" y1="6" y2="6" stroke={color} strokeWidth="2" strokeDasharray={dash} />
      <path d={markerPath(marker, 13, 6, 3.4)} fill={isHollow(marker) ? "var(--surface)" : color} stroke={color} />
    </svg>
  );
}
