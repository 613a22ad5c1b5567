import { type ConnectionLineComponentProps, Position } from "@xyflow/react";
import styles from "./Canvas.module.css";
import { route } from "./geometry.ts";

/** The line in the hand while a connection is drawn. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromPosition }: ConnectionLineComponentProps) {
  const side = fromPosition === Position.Left ? "left" : "right";
  const { d } = route({ x: fromX, y: fromY, side }, { x: toX, y: toY, side: side === "right" ? "left" : "right" });
  return (
    <g className={styles.drawing}>
      <path d={d} />
      <circle cx={toX} cy={toY} r={4} />
    </g>
  );
}
