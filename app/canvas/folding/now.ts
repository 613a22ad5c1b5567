import { type Scenario, type ScenarioNode, setFolded } from "../../../engine/scenario/index.ts";
import { say } from "../../panels/status/say.ts";
import { useDocument } from "../../store/document.ts";
import { type Selection, useView } from "../../store/view.ts";
import { words } from "../../text/index.ts";
import { canvas } from "../control.ts";
import { FOLDED_SIZE } from "../flow-model.ts";
import type { Point } from "../geometry.ts";
import { useCanvas } from "../state.ts";
import { shownNow } from "../use-shown.ts";
import { type Folding, type Folds, fold, framesAround, placeDrawn } from "./fold.ts";

/** Folded frames of the document that is open, and what follows from them for the selection. */

const UNTOUCHED: Folds = {};
const known = new WeakMap<Scenario, { folds: Folds; folding: Folding | null }>();

/** The same answer for the same document, because many ask. */
export function foldingOf(scenario: Scenario): Folding | null {
  const { folds } = useCanvas.getState();
  const last = known.get(scenario);
  if (last?.folds === folds) return last.folding;
  const folding = fold(scenario, folds);
  known.set(scenario, { folds, folding });
  return folding;
}

const foldingNow = (): Folding | null => foldingOf(useDocument.getState().scenario);

/** A document as it is drawn: itself, while nothing in it is folded. */
export const drawnOf = (scenario: Scenario): Scenario => foldingOf(scenario)?.scenario ?? scenario;

/** What a line stands for: connections of the document. */
export const membersOf = (id: string): readonly string[] =>
  foldingNow()
    ?.bundles.get(id)
    ?.map((edge) => edge.id) ?? [id];

/** What stands on the canvas for a node or connection: the frame that it is folded into, the line that it is one of, else itself. */
export function standIn(id: string): string {
  const folding = foldingNow();
  if (folding === null) return id;
  const host = folding.hosts.get(id);
  if (host !== undefined) return host;
  for (const [line, members] of folding.bundles) if (members.some((edge) => edge.id === id)) return line;
  return id;
}

/** Brings the whole drawing into view, when the frames that are unfolded or folded now have their size. */
export const showAll = (): void => {
  requestAnimationFrame(() => requestAnimationFrame(() => canvas()?.fit()));
};

/** Folds or unfolds frames, and says so: one undo step. Whoever may only look does it for this page alone. */
export function foldFrames(ids: readonly string[], folded: boolean): void {
  const { apply, readOnly, scenario: before } = useDocument.getState();
  const { t } = words();
  const names = before.nodes.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  say(t(folded ? "fold.done" : "fold.undone", { name: names.join(t("canvas.spoken.and")) }));
  if (readOnly) {
    useCanvas.setState(({ folds }) => ({ folds: { ...folds, ...Object.fromEntries(ids.map((id) => [id, folded])) } }));
    settle();
    return;
  }
  // What the page alone had wanted while it could only look is now said to the document.
  useCanvas.setState(({ folds }) => {
    const others = Object.entries(folds).filter(([id]) => !ids.includes(id));
    return others.length === Object.keys(folds).length ? {} : { folds: Object.fromEntries(others) };
  });
  apply((scenario) => setFolded(scenario, ids, folded));
}

/** Nodes are placed as they are drawn; what stands in a folded frame comes along. */
export const placeAsDrawn = (scenario: Scenario, place: (drawn: Scenario) => Scenario): Scenario =>
  placeDrawn(scenario, FOLDED_SIZE, place);

/** Says why nothing can be connected to a folded frame, and offers to unfold it. @param from what waits for its other end @param at px of the window */
export function refuseFolded(frame: string, from: string, at: Point): void {
  const name = useDocument.getState().scenario.nodes.find((node) => node.id === frame)?.name ?? "";
  const fixes = [{ fix: "unfold" as const, from, to: frame }];
  useCanvas.setState({ refusal: { at, code: "folded-frame", facts: { to: name }, fixes } });
}

/** Somebody goes to what stands in a folded frame: it is unfolded. Where the frame itself is chosen too, all of it is meant. */
function reveal({ nodes, edges }: Selection): void {
  const folding = foldingNow();
  if (folding === null) return;
  const chosen = new Set(nodes);
  const sought = [...nodes, ...edges].filter((id) => {
    const host = folding.hosts.get(id);
    return host !== undefined && !chosen.has(host);
  });
  if (sought.length === 0) return;
  const { folds } = useCanvas.getState();
  const scenario = useDocument.getState().scenario;
  foldFrames([...new Set(sought.flatMap((id) => framesAround(scenario, id, folds)))], false);
}

/** What was chosen has gone out of sight: the frame that stands for it is chosen. */
function settle(): void {
  const folding = foldingNow();
  const { selection, select } = useView.getState();
  if (folding === null) return;
  const chosen = new Set(selection.nodes);
  const isGone = (id: string) => folding.hosts.has(id) && !chosen.has(folding.hosts.get(id) as string);
  if (![...selection.nodes, ...selection.edges].some(isGone)) return;
  const hosts = [...selection.nodes, ...selection.edges].filter(isGone).map((id) => folding.hosts.get(id) as string);
  const nodes = new Set([...selection.nodes.filter((id) => !isGone(id)), ...hosts]);
  select({ nodes: [...nodes], edges: selection.edges.filter((id) => !isGone(id)) });
}

useDocument.subscribe((now, before) => {
  if (now.id !== before.id && useCanvas.getState().folds !== UNTOUCHED) useCanvas.setState({ folds: UNTOUCHED });
  if (now.scenario !== before.scenario && now.id === before.id) settle();
});
useView.subscribe((now, before) => {
  if (now.selection !== before.selection) reveal(now.selection);
});

/** The nodes in a folded frame as they may be shown, and the document around them. */
export function insideOf(frame: string): { scenario: Scenario; nodes: readonly ScenarioNode[] } {
  const scenario = shownNow();
  return { scenario, nodes: foldingOf(scenario)?.inside.get(frame) ?? [] };
}
