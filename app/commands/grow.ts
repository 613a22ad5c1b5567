import {
  absolutePosition,
  addNode,
  connectNew,
  kindSpec,
  type ScenarioNode,
  settingsBeside,
  usualNext,
} from "../../engine/scenario/index.ts";
import { askFor, boxOf, focusSoon, frameAt, isGround } from "../canvas/actions.ts";
import { drawnOf } from "../canvas/drawing.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

/** Ctrl + ↑ and ↓: the usual next node above or below, connected; → and ← stand in `canvas.ts`. */

/** Free grid steps between the two. */
const GAP = 3;

const doc = () => useDocument.getState();

function single(): ScenarioNode | undefined {
  const { nodes } = useView.getState().selection;
  return nodes.length === 1 ? doc().scenario.nodes.find((node) => node.id === nodes[0]) : undefined;
}

/** One undo step. @param side 1 below, −1 above; where something stands already it goes on in that direction */
function addUpright(beside: ScenarioNode, side: 1 | -1): void {
  const kind = usualNext(beside.kind, false);
  if (kind === undefined) return;
  let id = "";
  let edge = "";
  doc().apply((scenario) => {
    const box = boxOf(scenario, beside);
    const size = kindSpec(kind)?.size ?? { w: 10, h: 5 };
    const others = drawnOf(scenario)
      .nodes.filter((node) => !isGround(node))
      .map((node) => boxOf(scenario, node));
    const x = Math.round(box.x + (box.w - size.w) / 2);
    let y = side === 1 ? box.y + box.h + GAP : box.y - GAP - size.h;
    const isTaken = () =>
      others.some((o) => x < o.x + o.w + 1 && o.x < x + size.w + 1 && y < o.y + o.h + 1 && o.y < y + size.h + 1);
    while (isTaken()) y += side;
    const frame = frameAt(drawnOf(scenario), { x: x + size.w / 2, y: y + size.h / 2 });
    const origin = frame ? absolutePosition(scenario, frame) : { x: 0, y: 0 };
    const settings = settingsBeside(beside, kind, false);
    const added = addNode(scenario, kind, {
      x: x - origin.x,
      y: y - origin.y,
      ...(frame && { parent: frame.id }),
      ...(settings && { settings }),
    });
    id = added.id;
    const connected = connectNew(added.scenario, beside.id, id);
    if (!connected.ok) return added.scenario;
    edge = connected.id;
    return connected.scenario;
  });
  if (id === "") return;
  useView.getState().select({ nodes: [id] });
  if (edge === "" || !askFor(beside.id, id, edge)) focusSoon(id);
}

export const growCommands: readonly Command[] = ([1, -1] as const).map((side) => ({
  id: side === 1 ? "add.below" : "add.above",
  group: "edit",
  title: side === 1 ? "panels.grow.below" : "panels.grow.above",
  keys: [side === 1 ? "Mod+ArrowDown" : "Mod+ArrowUp"],
  when: () => !doc().readOnly && usualNext(single()?.kind ?? "", false) !== undefined,
  perform: () => {
    const node = single();
    if (node !== undefined) addUpright(node, side);
  },
}));
