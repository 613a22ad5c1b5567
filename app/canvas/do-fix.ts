import { applyFix } from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { focusSoon, makeRoom } from "./actions.ts";
import { type Remedy, useCanvas } from "./state.ts";

/** Does what a refusal offered instead. */
export function doFix(fix: Remedy): void {
  if (fix.fix === "unfold") {
    useCanvas.setState({ refusal: null });
    useCanvas.getState().folding?.foldFrames([fix.to], false);
    focusSoon(fix.to);
    return;
  }
  let ids: readonly string[] = [];
  useDocument.getState().apply((scenario) => {
    const fixed = applyFix(scenario, fix);
    if (fixed === null) return scenario;
    ids = fixed.ids;
    return makeRoom(fixed.scenario, new Set(scenario.nodes.map((node) => node.id)));
  });
  useCanvas.setState({ refusal: null });
  const { scenario } = useDocument.getState();
  const nodes = ids.filter((id) => scenario.nodes.some((node) => node.id === id));
  const edges = ids.filter((id) => scenario.edges.some((edge) => edge.id === id));
  useView.getState().select(nodes.length > 0 ? { nodes } : { edges });
  const first = nodes[0] ?? edges[0];
  if (first !== undefined) focusSoon(first);
}
