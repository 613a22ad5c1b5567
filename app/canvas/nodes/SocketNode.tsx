import type { NodeProps } from "@xyflow/react";
import { lazy, memo, Suspense } from "react";
import type { FlowNode } from "../flow-model.ts";
import { letterCell, plainBox } from "../shapes.ts";
import { socketTint } from "../socket-tint.ts";
import styles from "./Face.module.css";
import { Face, Name } from "./Face.tsx";

/** What is written on it comes with the first drawing that has one. */
const SocketBody = lazy(() => import("./SocketBody.tsx"));

/** A ZeroMQ socket with its program: a box with the letters of its type, in the colour of what the program does. */
export const SocketNode = memo(function SocketNode({ data, selected, width = 144, height = 80 }: NodeProps<FlowNode>) {
  const { node } = data;
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={plainBox(width, height)}
      detail={letterCell(width, height)}
      tint={socketTint(node)}
      canSend
      canTake
    >
      <Suspense
        fallback={
          <div className={styles.body}>
            <Name node={node} />
          </div>
        }
      >
        <SocketBody node={node} />
      </Suspense>
    </Face>
  );
});
