import { kindSpec, type Scenario } from "../../engine/scenario/index.ts";
import { align, distribute, type Edge, frameAround, layOutSome, unframe } from "../canvas/arrange.ts";
import { canvas } from "../canvas/control.ts";
import { useCanvas } from "../canvas/state.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import type { TextKey } from "../text/index.ts";
import type { Command } from "./registry.ts";

const doc = () => useDocument.getState();
const chosen = () => useView.getState().selection.nodes;
const hasSeveral = (count: number) => () => !doc().readOnly && chosen().length >= count;

const EDGES: readonly [Edge, string][] = [
  ["left", "ArrowLeft"],
  ["right", "ArrowRight"],
  ["top", "ArrowUp"],
  ["bottom", "ArrowDown"],
];

const aligns: Command[] = EDGES.map(([edge, key]) => ({
  id: `arrange.align.${edge}`,
  group: "arrange",
  title: `commands.arrange.align.${edge}` as TextKey,
  keys: [`Mod+Shift+${key}`],
  when: hasSeveral(2),
  perform: () => doc().apply((scenario) => align(scenario, chosen(), edge)),
}));

/** Long enough for the nodes to have glided to their places. */
const GLIDED_MS = 290;

/** One undo step; the layout is loaded when it is first wanted. */
async function layOut(): Promise<void> {
  const { autoLayout } = await import("../share/auto-layout.ts");
  const ids = chosen();
  const place = (scenario: Scenario) => (ids.length > 1 ? layOutSome(scenario, ids, autoLayout) : autoLayout(scenario));
  const { folding } = useCanvas.getState();
  canvas()?.glide();
  const changed = doc().apply((scenario) => folding?.placeAsDrawn(scenario, place) ?? place(scenario));
  if (changed && ids.length <= 1) setTimeout(() => canvas()?.fit(), GLIDED_MS);
}

const isFrame = (id: string): boolean => {
  const node = doc().scenario.nodes.find((one) => one.id === id);
  return node !== undefined && kindSpec(node.kind)?.container === true;
};

export const arrangeCommands: readonly Command[] = [
  {
    id: "arrange.layout",
    group: "arrange",
    title: "commands.arrange.layout",
    keys: ["Shift+Alt+T"],
    places: ["canvas", "menu"],
    when: () => !doc().readOnly && doc().scenario.nodes.length > 1,
    perform: () => void layOut(),
  },
  ...aligns,
  {
    id: "arrange.distribute.across",
    group: "arrange",
    title: "commands.arrange.distribute.across",
    keys: ["Alt+H"],
    when: hasSeveral(3),
    perform: () => doc().apply((scenario) => distribute(scenario, chosen(), "x")),
  },
  {
    id: "arrange.distribute.down",
    group: "arrange",
    title: "commands.arrange.distribute.down",
    keys: ["Alt+V"],
    when: hasSeveral(3),
    perform: () => doc().apply((scenario) => distribute(scenario, chosen(), "y")),
  },
  {
    id: "arrange.frame",
    group: "arrange",
    title: "commands.arrange.frame",
    keys: ["Mod+G"],
    places: ["node"],
    when: () => hasSeveral(1)() && frameAround(doc().scenario, chosen()) !== null,
    perform: () => {
      let id: string | undefined;
      doc().apply((scenario) => {
        const framed = frameAround(scenario, chosen());
        id = framed?.id;
        return framed?.scenario ?? scenario;
      });
      if (id !== undefined) useView.getState().select({ nodes: [id] });
    },
  },
  {
    id: "arrange.unframe",
    group: "arrange",
    title: "commands.arrange.unframe",
    keys: ["Mod+Shift+G"],
    when: () => !doc().readOnly && chosen().some(isFrame),
    perform: () => doc().apply((scenario) => unframe(scenario, chosen())),
  },
];
