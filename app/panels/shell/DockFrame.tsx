import { ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { useView } from "../../store/view.ts";
import { useText } from "../../text/index.ts";
import { Divider } from "./Divider.tsx";
import styles from "./Frames.module.css";
import { IconButton } from "./IconButton.tsx";
import { useWidth } from "./use-width.ts";

export const DOCK_HEIGHT = { min: 120, share: 0.6 };

/** The place of charts, events and problems. Closed it is a line with a button; nothing in it is drawn then. */
export function DockFrame({ className, children }: { className: string | undefined; children: ReactNode }) {
  const { t } = useText();
  const screen = useWidth();
  const { open, height } = useView((s) => s.panels.dock);
  const panel = useView((s) => s.panel);
  const most = Math.round(window.innerHeight * DOCK_HEIGHT.share);
  const shown = Math.min(Math.max(height, DOCK_HEIGHT.min), most);
  return (
    <section
      className={`${className} ${styles.dock}`}
      data-region="dock"
      data-screen={screen}
      data-open={open}
      aria-label={t("shell.regions.dock")}
      tabIndex={-1}
      style={open ? { height: shown } : undefined}
    >
      {open && (
        <Divider
          label={t("shell.resize.dock")}
          orientation="horizontal"
          value={shown}
          min={DOCK_HEIGHT.min}
          max={most}
          grows="towards-start"
          onChange={(value) => panel("dock", { height: value })}
        />
      )}
      <div className={styles.close}>
        <IconButton
          label={t(open ? "shell.close.dock" : "shell.open.dock")}
          aria-expanded={open}
          onClick={() => panel("dock", { open: !open })}
        >
          {open ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        </IconButton>
      </div>
      {open ? children : <p className={styles.closedDock}>{t("shell.regions.dock")}</p>}
    </section>
  );
}
