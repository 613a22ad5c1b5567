import styles from "./Canvas.module.css";
import { useCanvas } from "./state.ts";

/** The rectangle that a held finger draws. */
export function Marquee() {
  const marquee = useCanvas((s) => s.marquee);
  if (marquee === null) return null;
  const { from, to } = marquee;
  return (
    <div
      className={styles.marquee}
      style={{
        left: Math.min(from.x, to.x),
        top: Math.min(from.y, to.y),
        width: Math.max(14, Math.abs(to.x - from.x)),
        height: Math.max(14, Math.abs(to.y - from.y)),
      }}
    />
  );
}
