import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import styles from "../Dialogs.module.css";
import { readFile } from "./read-file.ts";

/** The three ways to bring a text: drop a file, choose one, paste. */
export function Choose({ onText }: { onText(text: string, name?: string): void }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = await readFile(file);
    if (read.ok) onText(read.text, file.name);
    else setTrouble(t(`dialogs.import.${read.code}`, read.facts));
  };
  return (
    <div className={styles.stack}>
      {/* The whole page takes dropped files; this says so. */}
      <div className={styles.drop}>
        <FileUp size={28} aria-hidden />
        <p className={styles.dropWords}>{t("dialogs.import.drop")}</p>
        <button
          type="button"
          data-first
          className={`${controls.button} ${controls.primary}`}
          onClick={() => input.current?.click()}
        >
          {t("dialogs.import.choose")}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,.weir,.txt,.png,.svg,application/json,text/plain,image/png,image/svg+xml"
          aria-label={t("dialogs.import.choose")}
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </div>
      {trouble !== null && (
        <p className={styles.bad} role="alert">
          {trouble}
        </p>
      )}
      <div>
        <label className={styles.label} htmlFor="import-text">
          {t("dialogs.import.orPaste")}
        </label>
        <textarea
          id="import-text"
          className={`${controls.input} ${styles.paste}`}
          placeholder={t("dialogs.import.pasteHere")}
          spellCheck={false}
          // The text is read as soon as it is there; what is typed by hand counts when the field is left.
          onPaste={(event) => {
            const text = event.clipboardData.getData("text/plain");
            if (text.trim() === "") return;
            event.preventDefault();
            onText(text);
          }}
          onBlur={(event) => {
            if (event.target.value.trim() !== "") onText(event.target.value);
          }}
        />
      </div>
    </div>
  );
}
