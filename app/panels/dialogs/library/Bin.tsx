import { ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { BIN_MS, type Entry } from "../../../share/library.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import dialog from "../Dialogs.module.css";
import styles from "./Library.module.css";

const DAY = 24 * 3600_000;

/** What was thrown away and how long it can still be had back. */
export function Bin({
  entries,
  now,
  onRestore,
  onEmpty,
}: {
  entries: readonly (Entry & { binned: number })[];
  /** Real ms since 1970. */
  now: number;
  onRestore(id: string): void;
  onEmpty(): void;
}) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  if (entries.length === 0) return null;
  return (
    <details className={styles.bin}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        <Trash2 size={16} aria-hidden />
        {t("dialogs.library.bin", { count: entries.length })}
      </summary>
      <ul>
        {entries.map(({ id, title, binned }) => {
          const name = title === "" ? t("dialogs.import.untitled") : title;
          const count = Math.max(1, Math.ceil((binned + BIN_MS - now) / DAY));
          return (
            <li key={id} className={styles.binned}>
              <span className={styles.binnedName}>{name}</span>
              <span className={styles.time}>{t("dialogs.library.daysLeft", { count })}</span>
              <button
                type="button"
                className={controls.button}
                aria-label={t("dialogs.library.restoreNamed", { name })}
                onClick={() => onRestore(id)}
              >
                {t("dialogs.library.restore")}
              </button>
            </li>
          );
        })}
      </ul>
      {isAsking ? (
        <div className={styles.empty} role="alert">
          <p className={dialog.quiet}>{t("dialogs.library.emptySure", { count: entries.length })}</p>
          <div className={styles.buttons}>
            <button type="button" className={`${controls.button} ${controls.danger}`} onClick={onEmpty}>
              {t("dialogs.library.emptyYes")}
            </button>
            <button type="button" className={controls.button} onClick={() => setAsking(false)}>
              {t("dialogs.cancel")}
            </button>
          </div>
        </div>
      ) : (
        <button
          type="button"
          className={`${controls.button} ${controls.quiet} ${styles.empty}`}
          onClick={() => setAsking(true)}
        >
          {t("dialogs.library.emptyBin")}
        </button>
      )}
    </details>
  );
}
