import { SlidersHorizontal } from "lucide-react";
import { perform } from "../commands/registry.ts";
import { useWidth } from "../panels/shell/use-width.ts";
import { useView } from "../store/view.ts";
import controls from "../styles/controls.module.css";
import { useText } from "../text/index.ts";
import styles from "./Canvas.module.css";
import { hasInspector } from "./has-inspector.ts";

/** On a small screen the sheet with settings and figures covers the picture: it comes when it is asked for. */
export function DetailsButton() {
  const { t } = useText();
  const width = useWidth();
  const isOne = useView((s) => s.selection.nodes.length + s.selection.edges.length === 1);
  const isOpen = useView((s) => s.panels.inspector.open);
  if (width !== "narrow" || !isOne || isOpen || !hasInspector()) return null;
  return (
    <button type="button" className={`${controls.button} ${styles.details}`} onClick={() => perform("node.settings")}>
      <SlidersHorizontal size={16} aria-hidden />
      {t("commands.node.settings")}
    </button>
  );
}
