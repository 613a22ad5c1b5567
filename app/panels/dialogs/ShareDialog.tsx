import { Check, Copy, FileDown, TriangleAlert } from "lucide-react";
import { useMemo, useState } from "react";
import { hasErrors, validate } from "../../../engine/scenario/index.ts";
import { fileName, SCENARIO_FILE_ENDING, writeScenario } from "../../share/files.ts";
import { encodeLink, LINK_LENGTH_MAX } from "../../share/link.ts";
import { useDocument } from "../../store/document.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { DialogFrame } from "./DialogFrame.tsx";
import styles from "./Dialogs.module.css";
import { copyText, download } from "./download.ts";
import { EmbedCode } from "./EmbedCode.tsx";

/** Some chats cut longer ones. */
export const LONG = 2000;
/** Hardly anything carries longer ones. */
export const VERY_LONG = 8000;

export type LengthAdvice = "fits" | "long" | "veryLong" | "tooLong";

/** @param fragment length of the fragment, which is what the reader of a link counts @param whole length of the whole address */
export const adviceFor = (fragment: number, whole: number): LengthAdvice =>
  fragment > LINK_LENGTH_MAX ? "tooLong" : whole > VERY_LONG ? "veryLong" : whole > LONG ? "long" : "fits";

/** The document as a link, with what its length means, and as a file. */
export default function ShareDialog() {
  const { t, of, format } = useText();
  const scenario = useDocument((s) => s.scenario);
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const fragment = useMemo(() => encodeLink(scenario), [scenario]);
  const hasFaults = useMemo(() => hasErrors(validate(scenario).issues), [scenario]);
  const address = `${location.origin}${location.pathname}${fragment}`;
  const advice = adviceFor(fragment.length, address.length);
  const isUsable = advice !== "tooLong";
  const copy = async () => setState((await copyText(address)) ? "copied" : "failed");
  return (
    <DialogFrame
      title={t("dialogs.share.title")}
      intro={t("dialogs.share.intro")}
      footer={
        <button
          type="button"
          className={controls.button}
          onClick={() => download(fileName(of(scenario.meta.title), SCENARIO_FILE_ENDING), writeScenario(scenario))}
        >
          <FileDown size={16} aria-hidden />
          {t("dialogs.share.file")}
        </button>
      }
    >
      <div className={styles.stack}>
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
        {advice !== "fits" && (
          <p className={styles.warn}>
            <TriangleAlert size={16} aria-hidden />
            {t(`dialogs.share.${advice}`, { n: format.number(fragment.length), max: format.number(LINK_LENGTH_MAX) })}
          </p>
        )}
        {hasFaults && (
          <p className={styles.warn}>
            <TriangleAlert size={16} aria-hidden />
            {t("dialogs.share.withIssues")}
          </p>
        )}
        {isUsable && <EmbedCode fragment={fragment} title={of(scenario.meta.title)} />}
      </div>
    </DialogFrame>
  );
}
