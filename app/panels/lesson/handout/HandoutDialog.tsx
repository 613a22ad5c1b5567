import { Printer } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Lesson, plainText, readLesson, type Step } from "../../../../engine/lesson/index.ts";
import { encodeLink } from "../../../share/link.ts";
import { useDocument } from "../../../store/document.ts";
import { useLesson } from "../../../store/lesson.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { DialogFrame } from "../../dialogs/DialogFrame.tsx";
import dialogs from "../../dialogs/Dialogs.module.css";
import { QR_LENGTH_MAX, QrPicture } from "../../dialogs/LinkQr.tsx";
import { drawPicture } from "../../dialogs/picture.ts";
import styles from "./Handout.module.css";
import { printSheet } from "./print.ts";

/** Longer ones nobody types, and they fill the page. */
const PRINTED_MAX = 2000;
const QR_SIDE = 150;
const SCALE = 2;

/** Room to write. @param count lines */
const Lines = ({ count }: { count: number }) =>
  Array.from({ length: count }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blank lines
    <span key={i} className={styles.blank} data-blank />
  ));

/** A step on paper: its text, boxes to tick, and room for what one thinks. Figures that a run would fill in are gaps. */
function PrintedStep({ step, at }: { step: Step; at: number }) {
  const { t, of } = useText();
  const title = step.title === undefined ? t(`lesson.titles.${step.type}`) : plainText(of(step.title));
  const words = (text: { en: string; zh: string }) => plainText(of(text)).replace(/\{\{\w+\}\}/g, "______");
  const body = step.type === "predict" || step.type === "quiz" ? step.ask : step.type === "do" ? step.goal : step.body;
  const options = step.type === "predict" || step.type === "quiz" ? (step.options ?? []) : [];
  return (
    <li className={styles.step}>
      <h3>
        {at + 1}. {title}
      </h3>
      {body !== undefined && <p>{words(body)}</p>}
      {options.length > 0 && (
        <ul className={styles.options}>
          {options.map((option) => (
            <li key={of(option.text)}>{plainText(of(option.text))}</li>
          ))}
        </ul>
      )}
      {step.type === "predict" && (
        <p className={styles.pair}>
          {options.length === 0 && (
            <span>
              {t("teaching.handout.guess")}: <Lines count={1} />
            </span>
          )}
          <span>
            {t("teaching.handout.measured")}: <Lines count={1} />
          </span>
        </p>
      )}
      {step.type === "quiz" && options.length === 0 && (
        <p>
          {t("teaching.handout.answer")}: <Lines count={1} />
        </p>
      )}
      {step.type === "do" && (
        <p>
          {t("teaching.handout.notes")}: <Lines count={3} />
        </p>
      )}
    </li>
  );
}

/** The drawing as a picture, light whatever the page's theme, because it goes on paper. */
function usePicture(): string | null {
  const scenario = useDocument((s) => s.scenario);
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    let made: string | null = null;
    void drawPicture(scenario, SCALE, "light")
      .then((blob) => {
        if (!isWanted) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      })
      // An empty document has no picture; the sheet stands without it.
      .catch(() => setAddress(""));
    return () => {
      isWanted = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [scenario]);
  return address;
}

/** What is printed: picture, steps with blank lines, link and QR code. */
export default function HandoutDialog() {
  const { t, of, language } = useText();
  const scenario = useDocument((s) => s.scenario);
  const taken = useLesson((s) => s.lesson);
  const sheet = useRef<HTMLElement>(null);
  const picture = usePicture();
  const lesson = useMemo<Lesson | null>(
    () => taken ?? (scenario.lesson === undefined ? null : readLesson(scenario.lesson, scenario).lesson),
    [taken, scenario],
  );
  const address = useMemo(() => `${location.origin}${location.pathname}${encodeLink(scenario)}`, [scenario]);
  const title = lesson === null ? of(scenario.meta.title) : of(lesson.title);
  return (
    <DialogFrame
      title={t("teaching.handout.title")}
      intro={t("teaching.handout.intro")}
      wide
      footer={
        <button
          type="button"
          data-first
          className={`${controls.button} ${controls.primary}`}
          disabled={picture === null}
          onClick={() => sheet.current && printSheet(sheet.current)}
        >
          <Printer size={16} aria-hidden />
          {t("teaching.handout.print")}
        </button>
      }
    >
      <article ref={sheet} className={styles.sheet} lang={language === "zh" ? "zh-CN" : "en"} data-sheet>
        <p className={styles.pair}>
          <span>
            {t("teaching.handout.name")}: <Lines count={1} />
          </span>
          <span>
            {t("teaching.handout.date")}: <Lines count={1} />
          </span>
        </p>
        <h2>{title}</h2>
        {scenario.meta.about !== undefined && lesson === null && <p>{of(scenario.meta.about)}</p>}
        {picture === null ? (
          <p className={dialogs.quiet}>{t("teaching.handout.drawing")}</p>
        ) : (
          picture !== "" && <img className={styles.picture} src={picture} alt={title} />
        )}
        {lesson !== null && (
          <ol className={styles.steps}>
            {lesson.steps.map((step, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names of their own
              <PrintedStep key={i} step={step} at={i} />
            ))}
          </ol>
        )}
        <footer className={styles.foot}>
          {address.length <= QR_LENGTH_MAX && <QrPicture address={address} side={QR_SIDE} />}
          <p>
            <b>{t("teaching.handout.open")}: </b>
            {address.length <= PRINTED_MAX ? (
              <span className={styles.address}>{address}</span>
            ) : (
              t("teaching.handout.tooLong")
            )}
          </p>
        </footer>
      </article>
    </DialogFrame>
  );
}
