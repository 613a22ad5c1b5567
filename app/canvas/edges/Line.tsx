import { type EdgeProps, Position } from "@xyflow/react";
import { type RefObject, useMemo } from "react";
import { isStepped, useRun } from "../../store/run.ts";
import type { EdgeData, FlowEdge } from "../flow-model.ts";
import { type Point, type Route, route, type Side } from "../geometry.ts";
import styles from "./Edge.module.css";

const SIDES: Record<Position, Side> = {
  [Position.Left]: "left",
  [Position.Right]: "right",
  [Position.Top]: "top",
  [Position.Bottom]: "bottom",
};
/** The arrow's tip touches the node, its line ends before. */
const ARROW = "M-9,-4.5L0,0L-9,4.5Z";

/** The way of a line between its two ends; the same object while they stay. */
export function useRoute(props: EdgeProps<FlowEdge>): Route {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props;
  const bow = data?.bow ?? 0;
  return useMemo(
    () =>
      route(
        { x: sourceX, y: sourceY, side: SIDES[sourcePosition] },
        { x: targetX, y: targetY, side: SIDES[targetPosition] },
        bow,
      ),
    [sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, bow],
  );
}

/** Whether the step that was just made went along the line: between the ends of a connection that it stands for. */
export const useStepped = (data: EdgeData | undefined): boolean =>
  useRun((s) =>
    (data?.members ?? (data ? [data.edge] : [])).some((one) => isStepped(s, one.from) && isStepped(s, one.to)),
  );

interface Props {
  drawn: Route;
  /** Where the arrow points to. */
  end: Point;
  /** The path that is marked while messages flow. */
  path: RefObject<SVGPathElement | null>;
  /** What the line shows by its look. */
  [mark: `data-${string}`]: string | boolean | undefined;
}

/** A line with its arrow, and the wider one below it for the hand. */
export function Line({ drawn, end, path, ...marks }: Props) {
  return (
    <g className={styles.link} {...marks}>
      <path className={`react-flow__edge-interaction ${styles.hit}`} d={drawn.d} />
      <path className={styles.halo} d={drawn.d} />
      <path ref={path} className={styles.line} d={drawn.d} />
      <path className={styles.arrow} d={ARROW} transform={`translate(${end.x},${end.y}) rotate(${drawn.angle})`} />
    </g>
  );
}
