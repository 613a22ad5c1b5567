import type { EdgeProps, NodeProps } from "@xyflow/react";
import type { FlowEdge, FlowNode } from "./flow-model.ts";
import { useCanvas } from "./state.ts";

/** Faces that come with the first folded frame. */

export function LateFolded(props: NodeProps<FlowNode>) {
  const Face = useCanvas((s) => s.folding?.FoldedNode);
  return Face ? <Face {...props} /> : null;
}

export function LateBundle(props: EdgeProps<FlowEdge>) {
  const Line = useCanvas((s) => s.folding?.BundleEdge);
  return Line ? <Line {...props} /> : null;
}
