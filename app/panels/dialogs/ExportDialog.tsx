import { ChevronRight, CircleCheck, FileJson, ImageDown, Server, TriangleAlert } from "lucide-react";
import { useEffect, useId, useMemo, useState } from "react";
import { fileName, SCENARIO_FILE_ENDING, writeScenario } from "../../share/files.ts";
import { useDocument } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import { download } from "./download.ts";
import { type DefinitionsReader, loadReader } from "./import/definitions.ts";
import { NoticeGroups } from "./import/NoticeGroups.tsx";
import { drawPicture, drawVectors } from "./picture.ts";

/** Pixels per canvas pixel, or vectors. */
const SIZES = [1, 2, 4, "svg"] as const;

function Picture() {
  const { t, of } = useText();
  const scenario = useDocument((s) => s.scenario);
  const [scale, setScale] = useState<(typeof SIZES)[number]>(2);
  const [state, setState] = useState<{ is: "idle" | "working" } | { is: "failed"; why: string }>({ is: "idle" });
  const isEmpty = scenario.nodes.length === 0;
  const draw = async () => {
    setState({ is: "working" });
    try {
      const title = of(scenario.meta.title);
      if (scale === "svg") download(fileName(title, ".svg"), (await drawVectors(scenario)).svg, "image/svg+xml");
      else download(fileName(title, ".png"), await drawPicture(scenario, scale));
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
          onChange={(event) => setScale(SIZES.find((one) => String(one) === event.target.value) ?? 2)}
        >
          {SIZES.map((one) => (
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

/** The brokers of a document: each is a virtual host in a file of its own, or all together. */
function Definitions() {
  const { t, of, format } = useText();
  const id = useId();
  const scenario = useDocument((s) => s.scenario);
  const [broker, setBroker] = useState("all");
  const [engine, setEngine] = useState<DefinitionsReader | null>(null);
  useEffect(() => {
    let isHere = true;
    loadReader().then(
      (loaded) => isHere && setEngine(loaded),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, []);
  const brokers = scenario.nodes.filter((node) => node.kind === "broker");
  const hasAny = scenario.nodes.some((node) => node.kind === "queue" || node.kind === "exchange");
  const written = useMemo(
    () => (hasAny ? (engine?.exportDefinitions(scenario, broker === "all" ? {} : { broker }) ?? null) : null),
    [engine, scenario, broker, hasAny],
  );
  const name = fileName(of(scenario.meta.title), "-definitions.json");
  return (
    <section className={styles.choice} aria-labelledby={id}>
      <Server size={20} aria-hidden />
      <div>
        <h3 id={id}>{t("dialogs.export.definitions")}</h3>
        <p className={styles.quiet}>{t(hasAny ? "dialogs.export.definitionsHint" : "dialogs.export.nothing")}</p>
      </div>
      <div className={styles.choiceTools}>
        {brokers.length > 1 && (
          <select
            className={controls.select}
            aria-label={t("dialogs.export.broker")}
            value={broker}
            onChange={(event) => setBroker(event.target.value)}
          >
            <option value="all">{t("dialogs.export.allBrokers")}</option>
            {brokers.map((node) => (
              <option key={node.id} value={node.id}>
                {node.name}
              </option>
            ))}
          </select>
        )}
        <button
          type="button"
          className={controls.button}
          disabled={written === null}
          onClick={() => written && download(name, written.text)}
        >
          {t("dialogs.export.download")}
        </button>
      </div>
      {written !== null && (
        <div className={styles.choiceRest}>
          {written.notices.length === 0 ? (
            <p className={styles.good}>
              <CircleCheck size={16} aria-hidden />
              {t("dialogs.export.allEquivalent")}
            </p>
          ) : (
            <details className={styles.more}>
              <summary>
                <ChevronRight size={14} aria-hidden />
                {t("dialogs.export.noEquivalent", { n: format.number(written.notices.length) })}
              </summary>
              <NoticeGroups notices={written.notices} />
            </details>
          )}
        </div>
      )}
    </section>
  );
}

/** What can be taken out of the page: the document, a broker's definitions, a picture. */
export default function ExportDialog() {
  const { t, of, format } = useText();
  const scenario = useDocument((s) => s.scenario);
  const isHiding = useDocument((s) => s.restrictions?.hidesSettings === true);
  const name = fileName(of(scenario.meta.title), SCENARIO_FILE_ENDING);
  const text = useMemo(() => writeScenario(scenario), [scenario]);
  return (
    <DialogFrame title={t("dialogs.export.title")}>
      <section className={styles.choice}>
        <FileJson size={20} aria-hidden />
        <div>
          <h3>{t("dialogs.export.scenario")}</h3>
          <p className={styles.quiet}>{t(isHiding ? "lesson.hiddenFile" : "dialogs.export.scenarioHint")}</p>
          <p className={styles.where}>{t("dialogs.export.scenarioName", { name, size: format.bytes(text.length) })}</p>
        </div>
        <div className={styles.choiceTools}>
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            disabled={isHiding}
            onClick={() => download(name, text)}
          >
            {t("dialogs.export.download")}
          </button>
        </div>
      </section>
      {!isHiding && <Definitions />}
      <Picture />
    </DialogFrame>
  );
}
