import { FileDown, FileUp } from "lucide-react";
import { useRef } from "react";
import { progressFile, takeProgress } from "../../share/progress-file.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { download } from "./download.ts";

/** What was reached in all lessons goes to another browser, and comes from one. */
export function ProgressTools({ onTaken }: { onTaken(): void }) {
  const { t } = useText();
  const notify = useView((s) => s.notify);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const count = takeProgress(await file.text());
    if (count === null) notify({ tone: "error", key: "lesson.gallery.badFile", facts: { name: file.name } });
    else notify({ tone: "success", key: "lesson.gallery.taken", facts: { count } });
    onTaken();
  };
  return (
    <>
      <button type="button" className={controls.button} onClick={() => input.current?.click()}>
        <FileUp size={16} aria-hidden />
        {t("lesson.gallery.take")}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={t("lesson.gallery.take")}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <button type="button" className={controls.button} onClick={() => download("weir-progress.json", progressFile())}>
        <FileDown size={16} aria-hidden />
        {t("lesson.gallery.save")}
      </button>
    </>
  );
}
