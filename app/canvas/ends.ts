import type { NodeHandle, Position } from "@xyflow/react";
import type { FaceName } from "./flow-model.ts";

type EndOf = readonly [id: string, type: "source" | "target", side: `${Position}`];

const TAKES: readonly EndOf[] = [
  ["in", "target", "left"],
  ["above", "target", "top"],
  ["below", "target", "bottom"],
];
const SENDS: readonly EndOf[] = [
  ["out", "source", "right"],
  ["down", "source", "bottom"],
];
const NO_ENDS: Partial<Record<FaceName, true>> = { frame: true, note: true };

/**
 * Where lines may begin and end on a node: in the middle of its sides, as Face.module.css draws it (and FoldedNode, whose ends nobody sees). What is not said here the library measures
 * on the page when the nodes stand, and draws the lines only then. @param width @param height px @returns px from the node's corner
 */
export function endsOf({
  face,
  kind,
  isFolded,
  width,
  height,
}: {
  face: FaceName;
  kind: string;
  isFolded: boolean;
  width: number;
  height: number;
}): NodeHandle[] {
  if (NO_ENDS[face] && !isFolded) return [];
  const takes = face === "producer" ? [] : TAKES;
  const sends = kind === "consumer" ? [] : SENDS;
  return [...takes, ...sends].map(([id, type, side]) => {
    const size = (id === "in" || id === "out") && !isFolded ? 2 : 1;
    const x = side === "left" ? 0 : side === "right" ? width : width / 2;
    const y = side === "top" ? 0 : side === "bottom" ? height : height / 2;
    return { id, type, position: side as Position, x: x - size / 2, y: y - size / 2, width: size, height: size };
  });
}
