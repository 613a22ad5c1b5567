import { FileJson, ImageDown, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { fileName, SCENARIO_FILE_ENDING, writeScenario } from "../../share/files.ts";
import { useDocument } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import { download } from "./download.ts";
import { drawPicture } from "./picture.ts";

const SCALES = [1, 2, 4] as const;

function Picture() {
  const { t, of } = useText();
  const scenario = useDocument((s) => s.scenario);
  const [scale, setScale] = useState<(typeof SCALES)[number]>(2);
  const [state, setState] = useState<{ is: "idle" | "working" } | { is: "failed"; why: string }>({ is: "idle" });
  const isEmpty = scenario.nodes.length === 0;
  const draw = async () => {
    setState({ is: "working" });
    try {
      download(fileName(of(scenario.meta.title), ".png"), await drawPicture(scenario, scale));
      setState({ is: "idle" });
    } catch (error) {
      setState({ is: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <section className={styles.choice}>
      <ImageDown size={20} aria-hidden />
      <div>
        <h3>{t("dialogs.export.picture")}</h3>
        <p className={styles.quiet}>{t(isEmpty ? "dialogs.export.pictureEmpty" : "dialogs.export.pictureHint")}</p>
      </div>
      <div className={styles.choiceTools}>
        <select
          className={controls.select}
          aria-label={t("dialogs.export.size")}
          value={scale}
          onChange={(event) => setScale(SCALES.find((one) => String(one) === event.target.value) ?? 2)}
        >
          {SCALES.map((one) => (
            <option key={one} value={one}>
              {t(`dialogs.export.sizes.${one}`)}
            </option>
          ))}
        </select>
        <button type="button" className={controls.button} disabled={isEmpty || state.is === "working"} onClick={draw}>
          {t(state.is === "working" ? "dialogs.export.working" : "dialogs.export.download")}
        </button>
      </div>
      {state.is === "failed" && (
        <p className={`${styles.bad} ${styles.choiceRest}`} role="alert">
          <TriangleAlert size={16} aria-hidden />
          {t("dialogs.export.pictureFailed", { why: state.why })}
        </p>
      )}
    </section>
  );
}

/** What can be taken out of the page: the document, a broker's definitions, a picture. */
export default function ExportDialog() {
  const { t, of, format } = useText();
  const scenario = useDocument((s) => s.scenario);
  const name = fileName(of(scenario.meta.title), SCENARIO_FILE_ENDING);
  const text = useMemo(() => writeScenario(scenario), [scenario]);
  return (
    <DialogFrame title={t("dialogs.export.title")}>
      <section className={styles.choice}>
        <FileJson size={20} aria-hidden />
        <div>
          <h3>{t("dialogs.export.scenario")}</h3>
          <p className={styles.quiet}>{t("dialogs.export.scenarioHint")}</p>
          <p className={styles.where}>{t("dialogs.export.scenarioName", { name, size: format.bytes(text.length) })}</p>
        </div>
        <div className={styles.choiceTools}>
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => download(name, text)}
          >
            {t("dialogs.export.download")}
          </button>
        </div>
      </section>
      <Picture />
    </DialogFrame>
  );
}
