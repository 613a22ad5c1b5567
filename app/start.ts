import { helloQueue } from "../engine/scenario/index.ts";
import { useDocument } from "./store/document.ts";
import { useView } from "./store/view.ts";

/** What a person finds: until anything of theirs is known, the first example. */
export function openFirstDocument(): void {
  useDocument.getState().open(helloQueue(), { origin: "example" });
}

/** What is gone from the document (by an undo, for instance) cannot stay selected. @returns stops */
export function keepSelectionTrue(): () => void {
  return useDocument.subscribe((now, before) => {
    if (now.scenario === before.scenario) return;
    const { selection, select } = useView.getState();
    const nodes = new Set(now.scenario.nodes.map((node) => node.id));
    const edges = new Set(now.scenario.edges.map((edge) => edge.id));
    select({
      nodes: selection.nodes.filter((id) => nodes.has(id)),
      edges: selection.edges.filter((id) => edges.has(id)),
    });
  });
}
