import { type ReactFlowState, useStore } from "@xyflow/react";
import { settingsOf } from "../../../engine/scenario/index.ts";
import { useWidth } from "../../panels/shell/use-width.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { type Text, useText } from "../../text/index.ts";
import { hasInspector } from "../has-inspector.ts";
import { useShown } from "../use-shown.ts";
import styles from "./NoteCard.module.css";

/** From here on a note is read where it stands. */
const READABLE_ZOOM = 0.85;

/** Whether a node's middle is in the lower half of what is shown; null when it is large enough to be read, or not there. */
const isLow = (id: string | undefined) => (s: ReactFlowState) => {
  const [, y, zoom] = s.transform;
  const node = id === undefined ? undefined : s.nodeLookup.get(id);
  if (node === undefined || zoom >= READABLE_ZOOM) return null;
  return y + zoom * (node.internals.positionAbsolute.y + (node.measured.height ?? 0) / 2) > s.height / 2;
};

/**
 * The text of the note that is chosen, large enough to be read: a phone shows a whole drawing at half its size or less, where a note is no more than a picture of a text.
 * It lies where the note lies, so that it covers little else.
 */
export function NoteCard() {
  const { t, of } = useText();
  const scenario = useShown();
  const id = useView(({ selection: { nodes, edges } }) => (nodes.length + edges.length === 1 ? nodes[0] : undefined));
  const node = scenario.nodes.find((one) => one.id === id && one.kind === "note");
  const low = useStore(isLow(node?.id));
  // Elsewhere the inspector shows it.
  const isNarrow = useWidth() === "narrow";
  const isInspected = useView((s) => s.panels.inspector.open);
  const text = node === undefined ? "" : of(settingsOf(node).text as string | Text);
  if (low === null || text === "" || (hasInspector() && (isInspected || !isNarrow))) return null;
  return (
    <section
      className={`${controls.float} ${styles.card}`}
      data-low={low || undefined}
      aria-label={t("canvas.noteText")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keys
      tabIndex={0}
    >
      {text}
    </section>
  );
}
