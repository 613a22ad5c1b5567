import { insertableKinds, insertOnEdge, type NodeKind } from "../../engine/scenario/index.ts";
import { focusSoon } from "../canvas/actions.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { TextKey } from "../text/index.ts";
import type { Command } from "./registry.ts";

const doc = () => useDocument.getState();
const view = () => useView.getState();
const isWritable = () => !doc().readOnly;

/** "Insert … here" of an edge, one for each kind that can stand in the middle of it. */
export const insertCommands: readonly Command[] = (["queue", "exchange", "service"] as const).map((kind: NodeKind) => ({
  id: `insert.${kind}`,
  group: "edit",
  title: `commands.insert.${kind}` as TextKey,
  places: ["edge"],
  hidden: true,
  when: () => {
    const [edge] = view().selection.edges;
    return isWritable() && edge !== undefined && insertableKinds(doc().scenario, edge).includes(kind);
  },
  perform: () => {
    const [edge] = view().selection.edges;
    if (edge === undefined) return;
    let ids: readonly string[] = [];
    doc().apply((scenario) => {
      const inserted = insertOnEdge(scenario, edge, kind);
      ids = inserted?.ids ?? [];
      return inserted?.scenario ?? scenario;
    });
    view().select({ nodes: [...ids] });
    if (ids[0] !== undefined) focusSoon(ids[0]);
  },
}));
