import { NodeResizer } from "@xyflow/react";
import { moveNodes, resizeNode, type ScenarioNode } from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";
import { GRID } from "../geometry.ts";
import styles from "./Frame.module.css";

const SMALLEST = { note: { w: 5, h: 2 }, other: { w: 10, h: 6 } };

/** Corners and sides to drag; one undo step when the hand lets go. What stands inside a frame keeps its place on the canvas. */
export function Resizer({ node, isVisible }: { node: ScenarioNode; isVisible: boolean }) {
  const readOnly = useDocument((s) => s.readOnly);
  const least = node.kind === "note" ? SMALLEST.note : SMALLEST.other;
  return (
    <NodeResizer
      isVisible={isVisible && !readOnly && node.locked !== true}
      minWidth={least.w * GRID}
      minHeight={least.h * GRID}
      handleClassName={styles.corner ?? ""}
      lineClassName={styles.side ?? ""}
      onResizeEnd={(_, { x, y, width, height }) =>
        useDocument.getState().apply((scenario) => {
          const sized = resizeNode(scenario, node.id, { w: width / GRID, h: height / GRID });
          const at = { x: Math.round(x / GRID), y: Math.round(y / GRID) };
          const moves = new Map([[node.id, at]]);
          for (const child of scenario.nodes)
            if (child.parent === node.id)
              moves.set(child.id, { x: child.x + node.x - at.x, y: child.y + node.y - at.y });
          return moveNodes(sized, moves);
        })
      }
    />
  );
}
