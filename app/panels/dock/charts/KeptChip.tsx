import { useDocument } from "../../../store/document.ts";
import { overlaid, useKept } from "../../../store/kept.ts";
import { useView } from "../../../store/view.ts";
import { useText } from "../../../text/index.ts";
import styles from "./Charts.module.css";

/** Whose thin dashed curves stand behind those of the present run; leads to where it can be changed. */
export function KeptChip() {
  const { t } = useText();
  const document = useDocument((s) => s.id);
  const run = useKept((s) => overlaid(s, document));
  if (run === null) return null;
  return (
    <button
      type="button"
      className={styles.chip}
      title={t("compare.line", { name: run.name })}
      onClick={() => useView.getState().panel("dock", { tab: "compare" })}
    >
      <svg width="26" height="12" aria-hidden>
        <line x1="1" x2="25" y1="6" y2="6" stroke="currentColor" strokeWidth="1.25" strokeDasharray="3 3" />
      </svg>
      <span className={styles.lineName}>{t("compare.line", { name: run.name })}</span>
    </button>
  );
}
