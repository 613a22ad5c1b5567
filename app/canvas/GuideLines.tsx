import { ViewportPortal } from "@xyflow/react";
import styles from "./GuideLines.module.css";
import { useCanvas } from "./state.ts";

const BEYOND = 24;
/** How long the bars are that close a distance. */
const BAR = 9;

/** Lines that show what a dragged node is in line with, and bars where it is as far from one neighbour as from another. */
export default function GuideLines() {
  const guides = useCanvas((s) => s.guides);
  const gaps = useCanvas((s) => s.gaps);
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
      {gaps.map(({ axis, at, from, to }) => (
        <div
          key={`${axis}${at} ${from}`}
          className={styles.gap}
          data-axis={axis}
          style={
            axis === "x"
              ? { transform: `translate(${from}px, ${at - BAR / 2}px)`, width: to - from, height: BAR }
              : { transform: `translate(${at - BAR / 2}px, ${from}px)`, width: BAR, height: to - from }
          }
        />
      ))}
    </ViewportPortal>
  );
}
