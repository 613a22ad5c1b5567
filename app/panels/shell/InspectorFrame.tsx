import { PanelRightOpen, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { Divider } from "./Divider.tsx";
import styles from "./Frames.module.css";
import { IconButton } from "./IconButton.tsx";
import { useWidth } from "./use-width.ts";

export const INSPECTOR_WIDTH = { min: 260, max: 560 };

/** The place of the inspector: a column on wide screens, a drawer over the canvas on medium ones, a sheet from below on narrow ones. */
export function InspectorFrame({ className, children }: { className: string | undefined; children: ReactNode }) {
  const { t } = useText();
  const screen = useWidth();
  const { open, width } = useView((s) => s.panels.inspector);
  const panel = useView((s) => s.panel);
  const isEmpty = useView((s) => s.selection.nodes.length + s.selection.edges.length === 0);
  const wasEmpty = useRef(isEmpty);
  const [isSettled, setSettled] = useState(false);
  const isDrawer = screen !== "wide";
  // A drawer hides the picture, so it opens when something is chosen and goes when nothing is.
  useEffect(() => {
    if (isDrawer && wasEmpty.current !== isEmpty && screen === "medium") panel("inspector", { open: !isEmpty });
    if (isDrawer && isEmpty) panel("inspector", { open: false });
    wasEmpty.current = isEmpty;
    setSettled(true);
  }, [isDrawer, isEmpty, panel, screen]);
  // Nor is it loaded and drawn for the one frame before that.
  if (!open || (isDrawer && isEmpty && !isSettled)) {
    if (screen === "narrow") return null;
    return (
      <aside className={`${className} ${styles.reopen}`} data-drawer={isDrawer || undefined}>
        <IconButton label={t("commands.view.inspector")} onClick={() => panel("inspector", { open: true })}>
          <PanelRightOpen size={16} />
        </IconButton>
      </aside>
    );
  }
  return (
    <aside
      className={`${className} ${styles.inspector}`}
      data-region="inspector"
      data-screen={screen}
      aria-label={t("shell.regions.inspector")}
      tabIndex={-1}
      style={screen === "narrow" ? undefined : { width }}
    >
      {screen !== "narrow" && (
        <Divider
          label={t("shell.resize.inspector")}
          orientation="vertical"
          value={width}
          min={INSPECTOR_WIDTH.min}
          max={INSPECTOR_WIDTH.max}
          grows="towards-start"
          onChange={(value) => panel("inspector", { width: value })}
        />
      )}
      <div className={styles.close}>
        <IconButton label={t("shell.close.inspector")} onClick={() => panel("inspector", { open: false })}>
          <X size={16} />
        </IconButton>
      </div>
      {children}
    </aside>
  );
}
