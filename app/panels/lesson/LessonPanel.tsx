import { ChevronDown, ChevronUp, EllipsisVertical, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { filled, type Lesson, plainText, type Step } from "../../../engine/lesson/index.ts";
import { useDocument } from "../../store/document.ts";
import { recordOf, useLesson } from "../../store/lesson.ts";
import { isCurtainDown, useTeaching } from "../../store/teaching.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { download } from "../dialogs/download.ts";
import { IconButton } from "../shell/IconButton.tsx";
import { useWidth } from "../shell/use-width.ts";
import { showFigure } from "./check-words.ts";
import { DoneView } from "./DoneView.tsx";
import { saveResult } from "./HandIn.tsx";
import styles from "./Lesson.module.css";
import { LessonText } from "./LessonText.tsx";
import { NameView } from "./NameView.tsx";
import { GuessList, PredictView } from "./PredictView.tsx";
import { QuizView } from "./QuizView.tsx";
import { RunView } from "./RunView.tsx";
import { endLesson, enter, finishLesson, lessonProgressFile, resetLesson, resetStep } from "./session.ts";
import { TaskView } from "./TaskView.tsx";

/** The texts of a step in the reader's language, with the figures that were measured for them. */
export function useStepText(step: Step, at: number): (text: { en: string; zh: string } | undefined) => string {
  const words = useText();
  const facts = useLesson((s) => recordOf(s, at).facts);
  const scenario = useDocument((s) => s.scenario);
  const isDown = useTeaching(isCurtainDown);
  return (text) => {
    const shown: Record<string, string> = {};
    for (const [name, reading] of Object.entries(step.facts ?? {})) {
      const value = facts?.[name];
      if (value !== undefined && !isDown) shown[name] = showFigure(reading.metric, value, scenario, words);
    }
    return filled(words.of(text), shown);
  };
}

function Options() {
  const { t } = useText();
  const isWork = useLesson((s) => s.progress.name !== undefined);
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const save = () => download("weir-lesson.json", lessonProgressFile(), "application/json");
  const choose = (perform: () => void) => () => {
    setOpen(false);
    perform();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open inside
    <div
      className={styles.options}
      ref={box}
      onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
    >
      <IconButton label={t("lesson.menu")} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <EllipsisVertical size={16} />
      </IconButton>
      {isOpen && (
        <div id={id} className={`${controls.float} ${controls.menu} ${styles.optionList}`}>
          <button type="button" className={controls.menuItem} onClick={choose(resetStep)}>
            {t("lesson.resetStep")}
          </button>
          <button type="button" className={controls.menuItem} onClick={choose(resetLesson)}>
            {t("lesson.resetAll")}
          </button>
          <button type="button" className={controls.menuItem} onClick={choose(save)}>
            {t("lesson.export")}
          </button>
          {isWork && (
            <button type="button" className={controls.menuItem} onClick={choose(saveResult)}>
              {t("teaching.hand.now")}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Head({ lesson, step, isFolded, onFold }: { lesson: Lesson; step: number; isFolded: boolean; onFold(): void }) {
  const { t, of } = useText();
  const width = useWidth();
  const count = lesson.steps.length;
  return (
    <div className={styles.head}>
      <div className={styles.titleLine}>
        <h2 className={styles.title}>{of(lesson.title)}</h2>
        {width === "narrow" && (
          <IconButton label={t(isFolded ? "lesson.unfold" : "lesson.fold")} aria-expanded={!isFolded} onClick={onFold}>
            {isFolded ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
          </IconButton>
        )}
        <Options />
        <IconButton
          label={t(lesson.assignment === undefined ? "lesson.end" : "teaching.hand.leave")}
          onClick={endLesson}
        >
          <X size={16} />
        </IconButton>
      </div>
      <div className={styles.progress}>
        <progress max={count} value={Math.min(step + 1, count)} aria-label={t("lesson.panel")} />
        <span>{t("lesson.step", { n: Math.min(step + 1, count), of: count })}</span>
      </div>
    </div>
  );
}

function StepBody({ step, at }: { step: Step; at: number }) {
  const said = useStepText(step, at);
  switch (step.type) {
    case "predict":
      return <PredictView step={step} at={at} />;
    case "run":
      return <RunView step={step} at={at} said={said} />;
    case "do":
      return <TaskView step={step} at={at} said={said} />;
    case "quiz":
      return <QuizView step={step} at={at} />;
    default:
      return (
        <>
          <GuessList at={at} />
          <p className={styles.words}>
            <LessonText text={said(step.body)} />
          </p>
        </>
      );
  }
}

/** What must be there before "Next" is the obvious thing to press. */
function useIsReady(step: Step, at: number): boolean {
  const record = useLesson((s) => s.progress.records[at]);
  if (step.type === "predict") return record?.guess !== undefined;
  if (step.type === "run" || step.type === "do" || step.type === "quiz") return record?.done === true;
  return true;
}

function Footer({ lesson, at, onFinish }: { lesson: Lesson; at: number; onFinish(): void }) {
  const { t } = useText();
  const step = lesson.steps[at] as Step;
  const isReady = useIsReady(step, at);
  const isLast = at === lesson.steps.length - 1;
  const mayPass = isReady || step.type === "do" || step.type === "quiz";
  const words = isLast ? t("lesson.finish") : isReady || !mayPass ? t("lesson.next") : t("lesson.skipTask");
  return (
    <div className={styles.foot}>
      <button type="button" className={controls.button} disabled={at === 0} onClick={() => enter(at - 1)}>
        {t("lesson.back")}
      </button>
      <button
        type="button"
        className={`${controls.button} ${isReady ? controls.primary : ""}`}
        disabled={!mayPass}
        onClick={() => (isLast ? onFinish() : enter(at + 1))}
      >
        {words}
      </button>
    </div>
  );
}

/** The lesson that is being taken, step by step. */
export default function LessonPanel() {
  const { t, of } = useText();
  const lesson = useLesson((s) => s.lesson);
  const at = useLesson((s) => s.progress.step);
  const isNameless = useLesson((s) => s.lesson?.assignment !== undefined && s.progress.name === undefined);
  const [isOver, setOver] = useState(false);
  const [isFolded, setFolded] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef("");
  const step = lesson?.steps[at];
  const name = `${lesson?.id} ${at} ${isOver}`;
  // The new step is read from its heading on; the first one does not take the focus from what opened it.
  useEffect(() => {
    if (before.current !== "" && before.current !== name) heading.current?.focus();
    before.current = name;
  }, [name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another lesson, or a step back, is not over
  useEffect(() => setOver(false), [lesson, at]);
  if (lesson === null || step === undefined) return null;
  const title = step.title === undefined ? t(`lesson.titles.${step.type}`) : plainText(of(step.title));
  const head = <Head lesson={lesson} step={at} isFolded={isFolded} onFold={() => setFolded(!isFolded)} />;
  if (isNameless)
    return (
      <div className={styles.lesson}>
        {head}
        <NameView lesson={lesson} />
      </div>
    );
  return (
    <div className={styles.lesson} data-folded={isFolded || undefined}>
      {head}
      {!isFolded && (
        <>
          <div className={styles.body} data-step={step.type}>
            {isOver ? (
              <DoneView lesson={lesson} heading={heading} />
            ) : (
              <>
                <p className={styles.kind}>{step.title !== undefined && t(`lesson.titles.${step.type}`)}</p>
                <h3 className={styles.stepTitle} ref={heading} tabIndex={-1}>
                  {title}
                </h3>
                <StepBody key={`${lesson.id} ${at}`} step={step} at={at} />
              </>
            )}
          </div>
          {!isOver && (
            <Footer
              lesson={lesson}
              at={at}
              onFinish={() => {
                finishLesson();
                setOver(true);
              }}
            />
          )}
        </>
      )}
    </div>
  );
}
