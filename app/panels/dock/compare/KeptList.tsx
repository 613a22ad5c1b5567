import { X } from "lucide-react";
import { type KeptRun, removeKept, renameKept, useKept } from "../../../store/kept.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Compare.module.css";

/** The kept runs of this document: choose one, name it, drop it. */
export function KeptList({ runs }: { runs: readonly KeptRun[] }) {
  const { t, format } = useText();
  const chosen = useKept((s) => s.chosen);
  return (
    <ul className={styles.list} aria-label={t("compare.list")}>
      {runs.map((run) => (
        <li key={run.id} className={styles.kept} data-chosen={run.id === chosen || undefined}>
          <input
            type="radio"
            name="kept-run"
            checked={run.id === chosen}
            aria-label={t("compare.choose", { name: run.name })}
            onChange={() => useKept.setState({ chosen: run.id })}
          />
          <div className={styles.keptWords}>
            <input
              className={`${controls.input} ${styles.name}`}
              value={run.name}
              maxLength={60}
              aria-label={t("compare.rename", { name: run.name })}
              onChange={(event) => renameKept(run.id, event.target.value)}
            />
            <span className={styles.facts}>
              {t("compare.facts", { time: format.clock(run.time), seed: run.scenario.seed })}
              {run.acts + run.edits > 0 && ` · ${t("compare.byHand", { count: run.acts + run.edits })}`}
            </span>
          </div>
          <IconButton label={t("compare.remove", { name: run.name })} onClick={() => removeKept(run.id)}>
            <X size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
