import { usualNext } from "../../engine/scenario/index.ts";
import { addBeside, beginConnecting, nudge } from "../canvas/actions.ts";
import { canvas } from "../canvas/control.ts";
import { drawnNow } from "../canvas/drawing.ts";
import { alongConnections, type Direction } from "../canvas/navigation.ts";
import { useCanvas } from "../canvas/state.ts";
import { focusedItem } from "../canvas/use-walk.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { TextKey } from "../text/index.ts";
import type { Command } from "./registry.ts";

const doc = () => useDocument.getState();
const view = () => useView.getState();
const isWritable = () => !doc().readOnly;

/** The one node that is meant. */
function single() {
  const { nodes } = view().selection;
  return nodes.length === 1 ? doc().scenario.nodes.find((node) => node.id === nodes[0]) : undefined;
}

function quickAdd(): void {
  const control = canvas();
  if (!control) return;
  const { pointer } = useCanvas.getState();
  const place = pointer ? control.toCanvas(pointer) : control.centre();
  useCanvas.setState({ quickAdd: { at: pointer ?? control.toWindow(place), place, isPointedAt: pointer !== null } });
}

const ARROWS: Record<Direction, { x: number; y: number; name: string }> = {
  ArrowLeft: { x: -1, y: 0, name: "left" },
  ArrowRight: { x: 1, y: 0, name: "right" },
  ArrowUp: { x: 0, y: -1, name: "up" },
  ArrowDown: { x: 0, y: 1, name: "down" },
};
const PAN_PX = 64;
const FAR = 5;

/** A folded frame says, where it stands, why nothing can be connected with it. */
function isFoldedEnd(id: string): boolean {
  const box = document.querySelector(`.react-flow__node-folded[data-id="${id}"]`)?.getBoundingClientRect();
  if (box) useCanvas.getState().folding?.refuseFolded(id, "", { x: box.right, y: box.top });
  return box !== undefined;
}

/** Arrows: with a selection they move it, without one they move the view. */
const moves: Command[] = Object.entries(ARROWS).flatMap(([key, { x, y, name }]) =>
  [1, FAR].map(
    (steps): Command => ({
      id: `move.${name}${steps === 1 ? "" : "Far"}`,
      group: "arrange",
      title: `commands.move.${name}` as TextKey,
      keys: [steps === 1 ? key : `Shift+${key}`],
      hidden: true,
      perform: () => {
        if (view().selection.nodes.length === 0) canvas()?.pan({ x: -x * PAN_PX * steps, y: -y * PAN_PX * steps });
        else if (isWritable()) nudge({ x: x * steps, y: y * steps });
      },
    }),
  ),
);

/** Alt + arrows: the focus goes along connections. */
const walks: Command[] = (Object.keys(ARROWS) as Direction[]).map((key) => ({
  id: `go.${ARROWS[key].name}`,
  group: "go",
  title: `commands.go.${ARROWS[key].name}` as TextKey,
  keys: [`Alt+${key}`],
  hidden: true,
  perform: () => {
    const scenario = drawnNow();
    const here = focusedItem() ?? view().selection.nodes[0];
    if (here === undefined) return;
    const edge = scenario.edges.find((one) => one.id === here);
    const to = edge ? (key === "ArrowLeft" ? edge.from : edge.to) : alongConnections(scenario, here, key);
    if (to === undefined) return;
    view().select({ nodes: [to] });
    canvas()?.focus(to);
  },
}));

/** Ctrl + arrow: the usual next node on that side, connected. */
const grows: Command[] = (["ArrowRight", "ArrowLeft"] as const).map((key) => {
  const isBack = key === "ArrowLeft";
  return {
    id: isBack ? "add.before" : "add.next",
    group: "edit",
    title: isBack ? "commands.add.before" : "commands.add.next",
    keys: [`Mod+${key}`],
    ...(!isBack && { places: ["node" as const] }),
    when: () => isWritable() && single() !== undefined && usualNext(single()?.kind ?? "", isBack) !== undefined,
    perform: () => {
      const node = single();
      const kind = node && usualNext(node.kind, isBack);
      if (node && kind) addBeside(kind, node, isBack ? -1 : 1);
    },
  };
});

export const canvasCommands: readonly Command[] = [
  {
    id: "add.quick",
    group: "edit",
    title: "commands.add.quick",
    keys: ["N"],
    places: ["canvas"],
    when: isWritable,
    perform: quickAdd,
  },
  {
    id: "connect.start",
    group: "edit",
    title: "commands.connect.start",
    keys: ["C"],
    places: ["node"],
    when: () => isWritable() && single() !== undefined,
    perform: () => {
      const node = single();
      if (!node || isFoldedEnd(node.id)) return;
      beginConnecting(node.id);
      view().setTool({ name: "connect", from: node.id, by: "keyboard" });
    },
  },
  ...grows,
  {
    id: "node.settings",
    group: "go",
    title: "commands.node.settings",
    keys: ["Enter"],
    places: ["node", "edge"],
    when: () => view().selection.nodes.length + view().selection.edges.length === 1,
    perform: () => {
      view().panel("inspector", { open: true, tab: "settings" });
      focusFirstField();
    },
  },
  ...moves,
  ...walks,
  {
    id: "view.zoomIn",
    group: "view",
    title: "commands.view.zoomIn",
    keys: ["+", "="],
    perform: () => canvas()?.zoomIn(),
  },
  {
    id: "view.zoomOut",
    group: "view",
    title: "commands.view.zoomOut",
    keys: ["-"],
    perform: () => canvas()?.zoomOut(),
  },
  {
    id: "view.zoomFull",
    group: "view",
    title: "commands.view.zoomFull",
    keys: ["0"],
    perform: () => canvas()?.zoomTo(1),
  },
  {
    id: "view.fit",
    group: "view",
    title: "commands.view.fit",
    keys: ["1", "Shift+1"],
    places: ["canvas"],
    perform: () => canvas()?.fit(),
  },
  {
    id: "view.fitSelection",
    group: "view",
    title: "commands.view.fitSelection",
    keys: ["2", "Shift+2"],
    when: () => view().selection.nodes.length > 0,
    perform: () => canvas()?.fit(view().selection.nodes),
  },
  {
    id: "view.minimap",
    group: "view",
    title: "commands.view.minimap",
    keys: ["M"],
    perform: () => view().set({ minimap: !(view().minimap ?? doc().scenario.nodes.length > 25) }),
  },
  {
    id: "view.grid",
    group: "view",
    title: "commands.view.grid",
    keys: ["G"],
    perform: () => view().set({ grid: !view().grid }),
  },
  {
    id: "view.acks",
    group: "view",
    title: () => (view().showAcks ? "commands.view.hideAcks" : "commands.view.showAcks"),
    perform: () => view().set({ showAcks: !view().showAcks }),
  },
];

/** The panel may still be on its way: its first field gets the focus when it is there. */
function focusFirstField(tries = 120, from = document.activeElement): void {
  // Who has gone on meanwhile is left alone.
  if (document.activeElement !== from) return;
  const field = document.querySelector<HTMLElement>(
    "[data-region=inspector] [role=tabpanel] :is(input, select, textarea, [role=combobox], [role=switch]):not(:disabled)",
  );
  if (field) field.focus();
  else if (tries > 0) requestAnimationFrame(() => focusFirstField(tries - 1, from));
}
