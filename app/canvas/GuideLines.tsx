import { ViewportPortal } from "@xyflow/react";
import styles from "./Canvas.module.css";
import { useCanvas } from "./state.ts";

const BEYOND = 24;

/** Lines that show what a dragged node is aligned with. */
export function GuideLines() {
  const guides = useCanvas((s) => s.guides);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => {
        const size = to - from + 2 * BEYOND;
        return (
          <div
            key={`${axis}${at}`}
            className={styles.guide}
            style={
              axis === "x"
                ? { transform: `translate(${at}px, ${from - BEYOND}px)`, height: size, width: 1 }
                : { transform: `translate(${from - BEYOND}px, ${at}px)`, width: size, height: 1 }
            }
          />
        );
      })}
    </ViewportPortal>
  );
}
