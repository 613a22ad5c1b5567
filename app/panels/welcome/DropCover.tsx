import { FileDown } from "lucide-react";
import { createPortal } from "react-dom";
import { useText } from "../../text/index.ts";
import { useDrops } from "../dialogs/import/drops.ts";
import styles from "./Welcome.module.css";

/** Over the whole page while a file hangs above it. */
export function DropCover() {
  const { t } = useText();
  const isOver = useDrops((s) => s.isOver);
  if (!isOver) return null;
  return createPortal(
    <div className={styles.cover} aria-hidden>
      <div className={styles.coverWords}>
        <FileDown size={32} />
        <p>{t("welcome.drop")}</p>
        <p>{t("welcome.dropHint")}</p>
      </div>
    </div>,
    document.body,
  );
}
