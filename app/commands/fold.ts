import { kindSpec, type ScenarioNode } from "../../engine/scenario/index.ts";
import { focusSoon } from "../canvas/actions.ts";
import { drawnOf, loadFolding, standIn } from "../canvas/drawing.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

/** The frames among what is chosen, as they are drawn. */
function chosenFrames(): ScenarioNode[] {
  const chosen = useView.getState().selection.nodes;
  return drawnOf(useDocument.getState().scenario).nodes.filter(
    (node) => chosen.includes(node.id) && kindSpec(node.kind)?.container === true,
  );
}

/** Of several frames the open ones are folded first. */
const isFolding = (): boolean => chosenFrames().some((frame) => frame.folded !== true);

async function toggle(): Promise<void> {
  const folded = isFolding();
  const ids = chosenFrames()
    .filter((frame) => (frame.folded === true) !== folded)
    .map((frame) => frame.id);
  const { foldFrames } = await loadFolding();
  foldFrames(ids, folded);
  if (ids[0] !== undefined) focusSoon(standIn(ids[0]));
}

export const foldCommands: readonly Command[] = [
  {
    id: "arrange.fold",
    group: "arrange",
    title: () => (chosenFrames().length > 0 && !isFolding() ? "fold.unfold" : "fold.fold"),
    keys: ["F"],
    places: ["node"],
    onlyWhenPossible: true,
    when: () => chosenFrames().length > 0,
    perform: () => void toggle(),
  },
];
