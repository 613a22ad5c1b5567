import { LibraryBig } from "lucide-react";
import { useState } from "react";
import { deviceStorage } from "../../../share/device.ts";
import { type ImportedAll, importAll } from "../../../share/whole-library.ts";
import { newDocumentId } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { DialogFrame } from "../DialogFrame.tsx";
import styles from "../Dialogs.module.css";

/** A file with all documents of another browser: they are added beside one's own. */
export function LibraryImport({ text, count, onAnother }: { text: string; count: number; onAnother(): void }) {
  const { t } = useText();
  const openDialog = useView((s) => s.openDialog);
  const [result, setResult] = useState<ImportedAll | null>(null);
  const storage = deviceStorage();
  return (
    <DialogFrame
      title={t("dialogs.import.title")}
      footer={
        <>
          <button type="button" className={`${controls.button} ${controls.quiet}`} onClick={onAnother}>
            {t("dialogs.import.another")}
          </button>
          <span className={styles.spring} />
          {result === null ? (
            <button
              type="button"
              className={`${controls.button} ${controls.primary}`}
              disabled={storage === null}
              onClick={() => storage !== null && setResult(importAll(storage, text, newDocumentId))}
            >
              {t("dialogs.import.addAll", { count })}
            </button>
          ) : (
            <button
              type="button"
              className={`${controls.button} ${controls.primary}`}
              onClick={() => openDialog("library", {})}
            >
              {t("commands.file.library")}
            </button>
          )}
        </>
      }
    >
      <div className={styles.stack}>
        <div className={styles.found}>
          <LibraryBig size={24} aria-hidden />
          <div className={styles.foundWords}>
            <p className={styles.foundTitle}>{t("dialogs.import.kinds.library")}</p>
            <p className={styles.quiet}>{t("dialogs.import.documents", { count })}</p>
          </div>
        </div>
        {storage === null && <p className={styles.bad}>{t("dialogs.library.unavailable")}</p>}
        {result === null ? (
          <p className={styles.quiet}>{t("dialogs.import.beside")}</p>
        ) : (
          <div role="status" className={styles.stack}>
            <p className={styles.good}>{t("dialogs.import.libraryAdded", { count: result.added })}</p>
            {result.known > 0 && <p className={styles.quiet}>{t("dialogs.import.known", { count: result.known })}</p>}
            {result.refused.length > 0 && (
              <p className={styles.warn}>{t("dialogs.import.unreadable", { titles: result.refused.join(", ") })}</p>
            )}
            {result.answer !== "stored" && <p className={styles.bad}>{t(`dialogs.library.${result.answer}`)}</p>}
          </div>
        )}
      </div>
    </DialogFrame>
  );
}
