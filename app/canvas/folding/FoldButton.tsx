import { ChevronDown, ChevronRight } from "lucide-react";
import { useEffect } from "react";
import type { ScenarioNode } from "../../../engine/scenario/index.ts";
import { restOfTexts, useText } from "../../text/index.ts";
import { focusSoon } from "../actions.ts";
import { loadFolding } from "../drawing.ts";
import styles from "./Folded.module.css";

/** On the head of a frame. The keyboard folds the chosen frame; this one is for the pointer, so Tab does not stop at it. */
export default function FoldButton({ node, isFolded = false }: { node: ScenarioNode; isFolded?: boolean }) {
  const { t } = useText();
  // Where nothing else has asked for them, as in somebody's page.
  useEffect(() => void restOfTexts(), []);
  const toggle = async () => {
    const { foldFrames } = await loadFolding();
    foldFrames([node.id], !isFolded);
    // The button has gone with the face it stood on.
    focusSoon(node.id);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${styles.button} nodrag nopan`}
      aria-expanded={!isFolded}
      aria-label={t("fold.contents", { name: node.name })}
      title={t(isFolded ? "fold.unfold" : "fold.fold")}
      onClick={(event) => {
        event.stopPropagation();
        void toggle();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {isFolded ? <ChevronRight size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
    </button>
  );
}
