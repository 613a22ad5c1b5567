import { type RefObject, useEffect, useRef } from "react";
import { focusElsewhere } from "../../canvas/control.ts";
import { useCanvas } from "../../canvas/state.ts";
import { useDocument } from "../../store/document.ts";

/** What floats above the page belongs to wherever it was opened from. */
const FLOATING = "[role=menu], [role=dialog], [role=alertdialog], [data-radix-popper-content-wrapper]";

/**
 * Whoever works in the outline stays there: the focus that a command gives to a node goes to its line, and a node is renamed in its line.
 * One works where the focus was last, menus apart.
 * @param goBack gives the focus to the line that is meant
 */
export function useHere(
  outline: RefObject<HTMLElement | null>,
  goBack: () => void,
  rename: (id: string) => void,
): void {
  const now = useRef({ goBack, rename });
  now.current = { goBack, rename };
  useEffect(() => {
    let isHere = outline.current?.contains(document.activeElement) ?? false;
    const look = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest(FLOATING)) return;
      isHere = outline.current?.contains(target) ?? false;
    };
    document.addEventListener("focusin", look);
    const release = focusElsewhere(() => {
      if (isHere && !outline.current?.contains(document.activeElement)) now.current.goBack();
      return isHere;
    });
    const stop = useCanvas.subscribe(({ editing }) => {
      if (!isHere || editing?.what !== "name") return;
      // A note's text is written on the canvas, or in the inspector.
      const node = useDocument.getState().scenario.nodes.find(({ id }) => id === editing.id);
      if (node === undefined || node.kind === "note") return;
      useCanvas.setState({ editing: null });
      now.current.rename(node.id);
    });
    return () => {
      document.removeEventListener("focusin", look);
      release();
      stop();
    };
  }, [outline]);
}
