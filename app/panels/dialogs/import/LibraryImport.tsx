import { LibraryBig } from "lucide-react";
import { useState } from "react";
import { deviceStorage } from "../../../share/device.ts";
import { type ImportedAll, importAll } from "../../../share/whole-library.ts";
import { newDocumentId } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";
import { useText } from "../../../text/index.ts";
import styles from "../Dialogs.module.css";
import { ImportFrame } from "./ImportFrame.tsx";

/** A file with all documents of another browser: they are added beside one's own. */
export function LibraryImport({ text, count, onAnother }: { text: string; count: number; onAnother(): void }) {
  const { t } = useText();
  const openDialog = useView((s) => s.openDialog);
  const [result, setResult] = useState<ImportedAll | null>(null);
  const storage = deviceStorage();
  return (
    <ImportFrame
      icon={LibraryBig}
      title={t("dialogs.import.kinds.library")}
      holds={t("dialogs.import.documents", { count })}
      action={
        result === null
          ? {
              words: t("dialogs.import.addAll", { count }),
              take: () => storage !== null && setResult(importAll(storage, text, newDocumentId)),
              disabled: storage === null,
            }
          : { words: t("commands.file.library"), take: () => openDialog("library", {}) }
      }
      onAnother={onAnother}
    >
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
    </ImportFrame>
  );
}
