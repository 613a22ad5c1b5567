import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { fetched } from "../../fetched.tsx";
import type { FlowNode } from "../flow-model.ts";
import { letterCell, letterCells, plainBox } from "../shapes.ts";
import { socketTint } from "../socket-tint.ts";
import { Face, nameOnly } from "./Face.tsx";

/** What is written on it comes with the first drawing that has one. */
const SocketBody = fetched(() => import("./SocketBody.tsx"), nameOnly());
const ProxyBody = fetched(() => import("./ProxyBody.tsx"), nameOnly());

/** A ZeroMQ socket with its program: a box with the letters of its type, in the colour of what the program does. A proxy has two, one on each side. */
export const SocketNode = memo(function SocketNode({ data, selected, width = 144, height = 80 }: NodeProps<FlowNode>) {
  const { node } = data;
  const [cells, Body] = node.kind === "proxy" ? [letterCells, ProxyBody] : [letterCell, SocketBody];
  return (
    <Face
      node={node}
      selected={selected}
      width={width}
      height={height}
      outline={plainBox(width, height)}
      detail={cells(width, height)}
      tint={socketTint(node)}
      canSend
      canTake
    >
      <Body node={node} />
    </Face>
  );
});
