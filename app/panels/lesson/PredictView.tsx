import { type FormEvent, useId, useState } from "react";
import { closeCurve, closeTo, outcomeOption, type PredictStep } from "../../../engine/lesson/index.ts";
import { useDocument } from "../../store/document.ts";
import { recordOf, type StepRecord, useLesson } from "../../store/lesson.ts";
import { isCurtainDown, useTeaching } from "../../store/teaching.ts";
import controls from "../../styles/controls.module.css";
import { useText, type Words } from "../../text/index.ts";
import { typedNumber } from "../../text/typed-number.ts";
import { showFigure } from "./check-words.ts";
import { flatCurve, GraphInput, GraphOutcome } from "./GraphView.tsx";
import styles from "./Lesson.module.css";
import { LessonText } from "./LessonText.tsx";
import { record } from "./session.ts";

/** Asks for a guess; nothing of what it is about is shown before. */
export function PredictView({ step, at }: { step: PredictStep; at: number }) {
  const words = useText();
  const { t, of } = words;
  const id = useId();
  const kept = useLesson((s) => s.progress.records[at]);
  const [choice, setChoice] = useState(-1);
  const [text, setText] = useState("");
  const [curve, setCurve] = useState(() => flatCurve(step));
  const [isBad, setBad] = useState(false);
  const isGiven = kept?.guess !== undefined;
  const commit = (event: FormEvent) => {
    event.preventDefault();
    if (step.kind === "graph") {
      record(at, { guess: curve });
      return;
    }
    const guess = step.kind === "choice" ? choice : typedNumber(text);
    const isSound = step.kind === "choice" ? guess >= 0 : Number.isFinite(guess);
    setBad(!isSound);
    if (isSound) record(at, { guess });
  };
  return (
    <form onSubmit={commit}>
      <p className={styles.words} id={`${id}-ask`}>
        <LessonText text={of(step.ask)} />
      </p>
      {step.kind === "choice" ? (
        <div className={styles.choices} role="radiogroup" aria-labelledby={`${id}-ask`}>
          {step.options?.map((option, i) => (
            <label key={of(option.text)} className={styles.choice}>
              <input
                type="radio"
                name={id}
                disabled={isGiven}
                checked={isGiven ? kept.guess === i : choice === i}
                onChange={() => setChoice(i)}
              />
              <span>
                <LessonText text={of(option.text)} />
              </span>
            </label>
          ))}
        </div>
      ) : step.kind === "graph" ? (
        !isGiven && <GraphInput step={step} values={curve} label={of(step.ask)} onChange={setCurve} />
      ) : (
        <label className={styles.number}>
          <span>{t("lesson.predict.number")}</span>
          <input
            className={`${controls.input} ${controls.figures}`}
            inputMode="decimal"
            size={8}
            disabled={isGiven}
            aria-invalid={isBad}
            value={isGiven && typeof kept.guess === "number" ? String(kept.guess) : text}
            onChange={(event) => setText(event.target.value)}
          />
          <span>{of(step.unit)}</span>
        </label>
      )}
      {isBad && (
        <p role="alert" className={styles.bad}>
          {t("lesson.predict.bad")}
        </p>
      )}
      {!isGiven && (
        <div className={styles.actions}>
          <button
            type="submit"
            className={`${controls.button} ${controls.primary}`}
            disabled={
              (step.kind === "choice" && choice < 0) || (step.kind === "graph" && curve.every((one) => one === 0))
            }
          >
            {t("lesson.predict.commit")}
          </button>
          <button
            type="button"
            className={`${controls.button} ${controls.quiet}`}
            onClick={() => record(at, { guess: "skipped" })}
          >
            {t("lesson.predict.skip")}
          </button>
        </div>
      )}
      <div role="status">
        {isGiven && <Outcome step={step} kept={kept} words={words} isOpen={kept.outcome === undefined} />}
      </div>
    </form>
  );
}

/** The guess and what came of it, side by side. */
function Outcome({
  step,
  kept,
  words,
  isOpen,
}: {
  step: PredictStep;
  kept: StepRecord;
  words: Words;
  /** Not measured yet. */
  isOpen: boolean;
}) {
  const { t, of } = words;
  const scenario = useDocument((s) => s.scenario);
  const isDown = useTeaching(isCurtainDown);
  const { guess } = kept;
  const outcome = typeof kept.outcome === "number" ? kept.outcome : Number.NaN;
  const right = outcomeOption(step, outcome);
  if (isOpen || isDown) return <p className={styles.note}>{t("lesson.predict.kept")}</p>;
  if (Array.isArray(kept.outcome)) {
    const drawn = Array.isArray(guess) ? guess : null;
    const isNear = drawn !== null && closeCurve(drawn, kept.outcome, step.tolerance);
    return (
      <div className={styles.outcome} data-close={isNear || undefined}>
        <GraphOutcome step={step} guess={drawn} outcome={kept.outcome} />
        {drawn !== null && <p>{t(isNear ? "lesson.predict.close" : "lesson.predict.off")}</p>}
      </div>
    );
  }
  const guessed =
    typeof guess !== "number"
      ? t("lesson.predict.skipped")
      : step.kind === "choice"
        ? of(step.options?.[guess]?.text)
        : `${words.format.number(guess)} ${of(step.unit)}`;
  const shown =
    step.answerFrom === undefined
      ? of(step.options?.[right]?.text)
      : showFigure(step.answerFrom.metric, outcome, scenario, words);
  const isClose =
    typeof guess === "number" && (step.kind === "choice" ? guess === right : closeTo(guess, outcome, step.tolerance));
  return (
    <div className={styles.outcome} data-close={isClose || undefined}>
      <dl>
        <dt>{t("lesson.predict.guessed")}</dt>
        <dd>{guessed}</dd>
        <dt>{t("lesson.predict.measured")}</dt>
        <dd>
          {shown}
          {step.answerFrom !== undefined &&
            step.kind === "choice" &&
            right >= 0 &&
            ` · ${of(step.options?.[right]?.text)}`}
        </dd>
      </dl>
      {typeof guess === "number" && <p>{t(isClose ? "lesson.predict.close" : "lesson.predict.off")}</p>}
    </div>
  );
}

/** Guesses that the run just before has settled, so that guess and outcome stand together where one reads on. */
export function GuessList({ at }: { at: number }) {
  const words = useText();
  const { of } = words;
  const lesson = useLesson((s) => s.lesson);
  const progress = useLesson((s) => s.progress);
  const steps = lesson?.steps ?? [];
  const settled: { step: PredictStep; i: number }[] = [];
  const from = steps.slice(0, at).findLastIndex(({ type }, i) => isStop(type) && i < lastRun(steps, at));
  for (let i = from + 1; i < at; i++) {
    const step = steps[i];
    const { guess, outcome } = recordOf({ progress }, i);
    if (step?.type === "predict" && guess !== undefined && outcome !== undefined) settled.push({ step, i });
  }
  return settled.map(({ step, i }) => (
    <div key={i} className={styles.settled}>
      <p>
        <LessonText text={of(step.ask)} />
      </p>
      <Outcome step={step} kept={recordOf({ progress }, i)} words={words} isOpen={false} />
    </div>
  ));
}

const isStop = (type: string): boolean => type === "run" || type === "do";

/** The run step that step `at` tells about: itself, or the newest one before. */
const lastRun = (steps: readonly { type: string }[], at: number): number =>
  steps.slice(0, at + 1).findLastIndex(({ type }) => isStop(type));
