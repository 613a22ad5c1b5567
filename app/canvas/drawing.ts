import { useEffect, useMemo, useState } from "react";
import type { Scenario } from "../../engine/scenario/index.ts";
import { restOfTexts } from "../text/index.ts";
import { useCanvas } from "./state.ts";
import { shownNow, useShown } from "./use-shown.ts";

/** The document as it is drawn: frames may be folded. How that is done is loaded with the first frame that is. */

/** Resolves when frames can be folded, and what is said of them can be said. */
export const loadFolding = (): Promise<typeof import("./folding/index.ts")> =>
  Promise.all([import("./folding/index.ts"), restOfTexts()]).then(([folding]) => {
    useCanvas.setState({ folding });
    return folding;
  });

/** A document as it is drawn: itself, while nothing in it is folded. */
export const drawnOf = (scenario: Scenario): Scenario => useCanvas.getState().folding?.drawnOf(scenario) ?? scenario;

export const drawnNow = (): Scenario => drawnOf(shownNow());

/** What a line stands for: connections of the document. */
export const membersOf = (id: string): readonly string[] => useCanvas.getState().folding?.membersOf(id) ?? [id];

/** What stands on the canvas for a node or edge: the frame that it is folded into, else itself. */
export const standIn = (id: string): string => useCanvas.getState().folding?.standIn(id) ?? id;

/** What is drawn now; nothing for the moment in which a folded frame waits for its looks. */
export function useDrawn(): Scenario {
  const scenario = useShown();
  const folding = useCanvas((s) => s.folding);
  const folds = useCanvas((s) => s.folds);
  const [isLost, setLost] = useState(false);
  const isWaiting = folding === null && !isLost && scenario.nodes.some((node) => node.folded);
  useEffect(() => {
    if (isWaiting)
      loadFolding().then(
        ({ showAll }) => showAll(),
        () => setLost(true),
      );
  }, [isWaiting]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is folded decides as well
  return useMemo(
    () => (isWaiting ? { ...scenario, nodes: [], edges: [] } : drawnOf(scenario)),
    [scenario, folding, folds, isWaiting],
  );
}
