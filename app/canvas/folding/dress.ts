import type { Scenario } from "../../../engine/scenario/index.ts";
import { type FlowEdge, type FlowNode, flowEdges } from "../flow-model.ts";
import { foldingOf } from "./now.ts";

/** Gives what a folded drawing is made of its looks. @param whole the document that is drawn */
export function dressNodes(nodes: FlowNode[], whole: Scenario): FlowNode[] {
  const inside = foldingOf(whole)?.inside;
  if (inside === undefined) return nodes;
  return nodes.map((node) =>
    inside.has(node.id) && node.type !== "folded" ? { ...node, type: "folded", zIndex: 0 } : node,
  );
}

/** Lines at folded frames say what they stand for, and are moved to no other node. @param whole the document that is drawn */
export function dressEdges(edges: FlowEdge[], whole: Scenario): FlowEdge[] {
  const folding = foldingOf(whole);
  if (folding === null) return edges;
  // What a line says by itself is a matter of what it really joins.
  const real = new Map(
    flowEdges({ ...whole, edges: [...folding.led.values()] }, new Map()).map((edge) => [edge.id, edge.data]),
  );
  return edges.map((edge): FlowEdge => {
    const { data } = edge;
    if (data === undefined) return edge;
    const members = folding.bundles.get(edge.id);
    if (members !== undefined)
      return { ...edge, type: "bundle", reconnectable: false, data: { ...data, label: "", asks: null, members } };
    const own = real.get(edge.id);
    if (own === undefined) return edge;
    const { label, asks } = own;
    return { ...edge, reconnectable: false, data: { ...data, label, asks, members: [own.edge] } };
  });
}
