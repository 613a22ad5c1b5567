import { membersOf } from "../canvas/drawing.ts";
import { useCanvas } from "../canvas/state.ts";
import { focusedItem } from "../canvas/use-walk.ts";
import { say } from "../panels/status/say.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { words } from "../text/index.ts";
import type { Command } from "./registry.ts";

/**
 * Adds what has the focus to the selection, or takes it out. On the canvas the focus selects, so the first time it keeps what the focus has selected:
 * from then on the focus goes on alone, until the selection is changed in another way.
 */
function gather(id: string): void {
  const { selection, select } = useView.getState();
  const { nodes, edges } = useDocument.getState().scenario;
  // A line at a folded frame may stand for several connections.
  const ids = membersOf(id);
  const what = edges.some((edge) => edge.id === ids[0]) ? "edges" : "nodes";
  const has = ids.every((one) => selection[what].includes(one));
  const isByFocus =
    selection.nodes.length + selection.edges.length === ids.length && useCanvas.getState().gathered !== selection;
  const isTaken = has && !isByFocus;
  if (isTaken) select({ ...selection, [what]: selection[what].filter((one) => !ids.includes(one)) });
  else if (!has) select({ ...selection, [what]: [...selection[what], ...ids] });
  const now = useView.getState().selection;
  useCanvas.setState({ gathered: now });
  const { t } = words();
  const name = nodes.find((node) => node.id === id)?.name ?? t("canvas.spoken.link");
  say(t(isTaken ? "panels.gather.taken" : "panels.gather.added", { name, n: now.nodes.length + now.edges.length }));
}

/** On the canvas, or as a line of the outline. */
const meant = (): string | undefined =>
  focusedItem() ?? document.activeElement?.closest<HTMLElement>("[data-line]")?.dataset.line;

export const gatherCommands: readonly Command[] = [
  {
    id: "select.toggle",
    group: "select",
    title: "commands.select.toggle",
    keys: ["Shift+Space"],
    hidden: true,
    when: () => meant() !== undefined,
    perform: () => gather(meant() as string),
  },
];
