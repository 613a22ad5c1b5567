import { Play } from "lucide-react";
import type { RunStep } from "../../../engine/lesson/index.ts";
import { useLesson } from "../../store/lesson.ts";
import { isPlayable, useRun } from "../../store/run.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import styles from "./Lesson.module.css";
import { LessonText } from "./LessonText.tsx";
import { GuessList } from "./PredictView.tsx";
import { runStep, untilOf } from "./session.ts";

type Said = (text: { en: string; zh: string } | undefined) => string;

/** The run goes on to where there is something to see; then the guesses meet what was measured. */
export function RunView({ step, at, said }: { step: RunStep; at: number; said: Said }) {
  const { t, format } = useText();
  const status = useRun((s) => s.status);
  const isDone = useLesson((s) => s.progress.records[at]?.done === true);
  const time = format.duration(untilOf(step) * 1000);
  return (
    <>
      {step.body !== undefined && (
        <p className={styles.words}>
          <LessonText text={said(step.body)} />
        </p>
      )}
      <div className={styles.actions}>
        <button
          type="button"
          className={`${controls.button} ${isDone ? "" : controls.primary}`}
          disabled={!isPlayable(status) || status === "running"}
          onClick={runStep}
        >
          <Play size={14} aria-hidden />
          {isDone ? t("lesson.run.again") : t("lesson.run.run", { time })}
        </button>
      </div>
      <p role="status" className={styles.note}>
        {status === "running" ? t("lesson.run.going") : isDone ? t("lesson.run.done", { time }) : ""}
      </p>
      {isDone && <GuessList at={at} />}
    </>
  );
}
