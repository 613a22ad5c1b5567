import { Check, Copy, FileDown } from "lucide-react";
import { useState } from "react";
import { fileName } from "../../share/files.ts";
import { useLesson } from "../../store/lesson.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { copyText, download } from "../dialogs/download.ts";
import styles from "./Lesson.module.css";
import { workToHandIn } from "./session.ts";

/** Lets the browser save what is handed in. */
export function saveResult(): void {
  const work = workToHandIn();
  if (work !== null) download(fileName(`${work.name} weir`, ".weir-result.json"), work.text);
}

/** The end of work that was handed out: the file, and its short code. */
export function HandIn() {
  const { t } = useText();
  const [isCopied, setCopied] = useState(false);
  // Another answer is another code.
  useLesson((s) => s.progress);
  const work = workToHandIn();
  if (work === null) return null;
  return (
    <section className={styles.handIn} aria-label={t("teaching.hand.title")}>
      <h4>{t("teaching.hand.title")}</h4>
      <p className={styles.words}>{t("teaching.hand.words")}</p>
      <button type="button" className={`${controls.button} ${controls.primary}`} onClick={saveResult}>
        <FileDown size={16} aria-hidden />
        {t("teaching.hand.save")}
      </button>
      <p className={styles.handCode}>
        {t("teaching.hand.code")} <code data-code>{work.code}</code>
      </p>
      <button type="button" className={controls.button} onClick={async () => setCopied(await copyText(work.code))}>
        {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        {t(isCopied ? "dialogs.copied" : "teaching.hand.copy")}
      </button>
    </section>
  );
}
