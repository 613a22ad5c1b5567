import { Check, Copy, FileDown, Printer, TriangleAlert } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { hasErrors, validate } from "../../../engine/scenario/index.ts";
import { fileName, SCENARIO_FILE_ENDING, writeScenario } from "../../share/files.ts";
import { encodeLink } from "../../share/link.ts";
import { START_AT_MAX, writeVisit } from "../../share/link-visit.ts";
import { inOneLanguage } from "../../share/one-language.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import controls from "../../styles/controls.module.css";
import { LANGUAGE_NAMES, useText } from "../../text/index.ts";
import { AssignmentCode } from "./AssignmentCode.tsx";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import { copyText, download } from "./download.ts";
import { EmbedCode } from "./EmbedCode.tsx";
import { adviceFor, LengthAdvice } from "./LengthAdvice.tsx";
import { LinkQr } from "./LinkQr.tsx";

/** Where the run stands when the link is opened. @param ms virtual */
function StartTime({ id, ms, onChange }: { id: string; ms: number; onChange(ms: number): void }) {
  const { t, format } = useText();
  const now = useRun((s) => Math.min(START_AT_MAX, Math.floor(s.time / 100_000) * 100));
  const [draft, setDraft] = useState<string | null>(null);
  const take = (text: string) => {
    setDraft(text);
    const seconds = Number(text);
    onChange(Number.isFinite(seconds) ? Math.min(START_AT_MAX, Math.max(0, Math.round(seconds * 1000))) : 0);
  };
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{t("dialogs.share.startAt")}</label>
      <small>{t("dialogs.share.startAtHint")}</small>
      <span className={styles.startAt}>
        {now > 0 && now !== ms && (
          <button
            type="button"
            className={controls.button}
            onClick={() => {
              setDraft(null);
              onChange(now);
            }}
          >
            {t("dialogs.share.startNow", { s: format.number(now / 1000) })}
          </button>
        )}
        <input
          id={id}
          type="number"
          className={controls.input}
          min={0}
          max={START_AT_MAX / 1000}
          step={1}
          value={draft ?? String(ms / 1000)}
          onChange={({ target }) => take(target.value)}
          onBlur={() => setDraft(null)}
        />
      </span>
    </div>
  );
}

/** The document as a link, with what its length means, and as a file. */
export default function ShareDialog() {
  const { t, of, format } = useText();
  const openDialog = useView((s) => s.openDialog);
  const isHiding = useDocument((s) => s.restrictions?.hidesSettings === true);
  const whole = useDocument((s) => s.scenario);
  const [texts, setTexts] = useState<"both" | "en" | "zh">("both");
  const scenario = useMemo(() => (texts === "both" ? whole : inOneLanguage(whole, texts)), [whole, texts]);
  const id = useId();
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const fragment = useMemo(() => encodeLink(scenario), [scenario]);
  const hasFaults = useMemo(() => hasErrors(validate(scenario).issues), [scenario]);
  const [isView, setView] = useState(false);
  const [startAt, setStartAt] = useState(0);
  // A lesson asks for changes, and its own lock says which.
  const hasLesson = whole.lesson !== undefined;
  const visited = `${fragment}${writeVisit({ view: isView && !hasLesson, startAt })}`;
  const address = `${location.origin}${location.pathname}${visited}`;
  const advice = adviceFor(visited.length, address.length);
  const isUsable = advice !== "tooLong";
  const change = (put: () => void) => {
    setState("idle");
    put();
  };
  const copy = async () => setState((await copyText(address)) ? "copied" : "failed");
  return (
    <DialogFrame
      title={t("dialogs.share.title")}
      intro={t("dialogs.share.intro")}
      footer={
        <>
          <button type="button" className={controls.button} onClick={() => openDialog("handout")}>
            <Printer size={16} aria-hidden />
            {t("teaching.handout.title")}
          </button>
          <button
            type="button"
            className={controls.button}
            disabled={isHiding}
            onClick={() => download(fileName(of(scenario.meta.title), SCENARIO_FILE_ENDING), writeScenario(whole))}
          >
            <FileDown size={16} aria-hidden />
            {t("dialogs.share.file")}
          </button>
        </>
      }
    >
      <div className={styles.stack}>
        {whole.lesson !== undefined && (
          <div className={styles.setting}>
            <label htmlFor={`${id}-texts`}>{t("teaching.share.texts")}</label>
            <small>{t("teaching.share.textsHint")}</small>
            <select
              id={`${id}-texts`}
              className={controls.select}
              value={texts}
              onChange={({ target }) =>
                setTexts(target.value === "en" || target.value === "zh" ? target.value : "both")
              }
            >
              <option value="both">{t("teaching.share.both")}</option>
              <option value="en">{LANGUAGE_NAMES.en}</option>
              <option value="zh">{LANGUAGE_NAMES.zh}</option>
            </select>
          </div>
        )}
        <div className={styles.setting}>
          <label htmlFor={`${id}-opens`}>{t("dialogs.share.opens")}</label>
          <small>{t(`dialogs.share.opensHint.${hasLesson ? "lesson" : isView ? "view" : "edit"}`)}</small>
          <select
            id={`${id}-opens`}
            className={controls.select}
            disabled={hasLesson}
            value={isView && !hasLesson ? "view" : "edit"}
            onChange={({ target }) => change(() => setView(target.value === "view"))}
          >
            <option value="edit">{t("dialogs.share.opensAs.edit")}</option>
            <option value="view">{t("dialogs.share.opensAs.view")}</option>
          </select>
        </div>
        <StartTime id={`${id}-start`} ms={startAt} onChange={(ms) => change(() => setStartAt(ms))} />
        {isUsable && (
          <div>
            <label className={styles.label} htmlFor="share-link">
              {t("dialogs.share.link")}
            </label>
            <div className={styles.linkRow}>
              <input
                id="share-link"
                className={`${controls.input} ${styles.linkField}`}
                readOnly
                value={address}
                onFocus={(event) => event.currentTarget.select()}
              />
              <button
                type="button"
                data-first
                className={`${controls.button} ${controls.primary} ${styles.big}`}
                onClick={copy}
              >
                {state === "copied" ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
                {t(state === "copied" ? "dialogs.copied" : "dialogs.share.copy")}
              </button>
            </div>
            <p className={styles.length}>
              <b>{t("dialogs.share.length", { n: format.number(address.length) })}</b>
              {advice === "fits" && t("dialogs.share.fits")}
            </p>
            <p className={controls.hidden} aria-live="polite">
              {state === "copied" ? t("dialogs.copied") : ""}
            </p>
          </div>
        )}
        {state === "failed" && (
          <p className={styles.bad} role="alert">
            <TriangleAlert size={16} aria-hidden />
            {t("dialogs.copyFailed")}
          </p>
        )}
        <LengthAdvice fragment={visited} address={address} />
        {hasFaults && (
          <p className={styles.warn}>
            <TriangleAlert size={16} aria-hidden />
            {t("dialogs.share.withIssues")}
          </p>
        )}
        {isUsable && <LinkQr address={address} />}
        {isHiding && <p className={styles.quiet}>{t("lesson.hiddenFile")}</p>}
        <AssignmentCode scenario={scenario} />
        {isUsable && <EmbedCode fragment={fragment} title={of(scenario.meta.title)} />}
      </div>
    </DialogFrame>
  );
}
