import { useView } from "../store/view.ts";
import { membersOf } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { useCanvas } from "./state.ts";

/**
 * Opens the menu of a node, a line or the canvas. It is about what is selected: when the item is not among that, the item alone is.
 * @param id as it is drawn; null for the canvas @param at px of the window
 */
export function openMenu(place: "node" | "edge" | "canvas", id: string | null, at: Point): void {
  const { selection, select } = useView.getState();
  if (id !== null && place === "node" && !selection.nodes.includes(id)) select({ nodes: [id] });
  if (id !== null && place === "edge" && !selection.edges.includes(membersOf(id)[0] as string))
    select({ edges: membersOf(id) });
  useCanvas.setState({ menu: { at, place, id } });
}
